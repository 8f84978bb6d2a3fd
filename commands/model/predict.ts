import { type Choice, defineCommand, result } from '../../src/commands/define.ts'
import { flag, pictures } from '../../src/commands/options.ts'
import { pictureProgress } from '../../src/progress.ts'
import { createExplainer, explanationGallery } from '../../src/services/explanation.ts'
import { savePrediction } from '../../src/services/feedback.ts'
import { createPredictor } from '../../src/services/prediction.ts'

export default defineCommand({
  name: 'predict',
  summary: 'tell which label pictures belong to, or that it is none of them; stores nothing',
  access: 'member',
  options: {
    pictures: pictures('pictures, or folders of pictures'),
    why: flag('show the most similar pictures of the dataset, and which other label came close', {
      optional: true,
      named: true,
    }),
  },
  examples: ['predict new.jpg', 'predict ./folder', 'predict new.jpg --why'],
  ifInterrupted: 'Predictions store nothing; run the same command again.',
  async *run({ app, chat, dataset, options: { pictures, why } }) {
    const predict = await createPredictor(app, dataset)
    const explain = why ? await createExplainer(app, dataset) : undefined
    let done = 0
    for await (const asked of predict(pictures)) {
      if ('error' in asked) yield result('predicted', asked)
      else {
        const { prediction, features } = asked
        // A terminal has no buttons.
        const choices = chat ? { choices: feedbackOn(await savePrediction(app, dataset, asked), !why) } : {}
        const reasons = explain?.(features)
        if (!reasons) yield result('predicted', prediction, choices)
        else {
          const gallery = await explanationGallery(app, dataset, reasons)
          yield result('predicted', { ...prediction, why: reasons }, { gallery, ...choices })
        }
      }
      yield pictureProgress(++done)
    }
  },
})

function feedbackOn(prediction: string, canAskWhy: boolean): Choice[] {
  const choices: Choice[] = [
    { key: 'right', command: 'feedback', options: { prediction, right: true } },
    { key: 'wrong', command: 'feedback', options: { prediction, right: false } },
  ]
  if (canAskWhy) choices.push({ key: 'why', command: 'why', options: { prediction } })
  return choices
}
