import { defineCommand, result } from '../../src/commands/define.ts'
import { text } from '../../src/commands/options.ts'
import { galleryOf, openExplanation } from '../../src/services/explanation.ts'
import { featuresOfPrediction } from '../../src/services/feedback.ts'

export default defineCommand({
  name: 'why',
  summary: 'show the filed pictures that a picture is most like, and which label came close',
  access: 'member',
  frontEnds: ['discord'],
  hidden: true,
  isPrivate: true,
  options: { prediction: text('which answer') },
  examples: [],
  async *run({ app, dataset, options: { prediction } }) {
    const features = await featuresOfPrediction(app, dataset, prediction)
    const explain = await openExplanation(app, dataset)
    if (!explain) return
    const reasons = explain(features)
    yield result('reasons', reasons, { gallery: await galleryOf(app, dataset, reasons) })
  },
})
