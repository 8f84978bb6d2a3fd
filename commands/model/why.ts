import { defineCommand, result } from '../../src/commands/define.ts'
import { text } from '../../src/commands/options.ts'
import { explainAnswers, explanationGallery } from '../../src/services/explanation.ts'
import { featuresOfPrediction } from '../../src/services/feedback.ts'
import { seesAll } from '../shared/sees-all.ts'

export default defineCommand({
  name: 'why',
  summary: 'show the most similar pictures of the dataset, and which other label came close',
  access: 'member',
  frontEnds: ['discord', 'web'],
  hidden: true,
  isPrivate: true,
  options: { prediction: text('the answer in question') },
  examples: [],
  async *run({ app, screen, dataset, options: { prediction } }) {
    const features = await featuresOfPrediction(app, dataset, prediction)
    const [reasons] = (await explainAnswers(app, dataset, [features])) ?? []
    if (!reasons) return
    yield result('reasons', reasons, await explanationGallery(app, dataset, { ...reasons, seesAll: seesAll(screen) }))
  },
})
