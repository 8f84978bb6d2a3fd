import { answer, command, text } from '../../src/commands/define.ts'
import { galleryOf, openExplainer } from '../../src/services/explanation.ts'
import { featuresOf } from '../../src/services/feedback.ts'

export default command({
  name: 'why',
  summary: 'show the filed pictures that a picture is most like, and which label came close',
  access: 'anyone',
  only: 'button',
  quiet: true,
  options: { prediction: text('which answer') },
  examples: [],
  async *run({ app, dataset, options: { prediction } }) {
    const features = await featuresOf(app, dataset, prediction)
    const explain = await openExplainer(app, dataset)
    if (!explain) return
    const reasons = explain(features)
    yield answer('reasons', reasons, { gallery: await galleryOf(app, dataset, reasons) })
  },
})
