import { type Choice, defineCommand, result } from '../../src/commands/define.ts'
import { flag, pictures } from '../../src/commands/options.ts'
import { pictureProgress } from '../../src/progress.ts'
import { galleryOf, openExplanation } from '../../src/services/explanation.ts'
import { rememberPrediction } from '../../src/services/feedback.ts'
import { openPredictor } from '../../src/services/prediction.ts'

export default defineCommand({
  name: 'predict',
  summary: 'say which label pictures belong to, or that none is known; stores nothing',
  access: 'member',
  options: {
    pictures: pictures('pictures, or folders of them'),
    why: flag('show the filed pictures that each is most like, and which label came close', {
      optional: true,
      named: true,
    }),
  },
  examples: ['predict new.jpg', 'predict ./folder', 'predict new.jpg --why'],
  async *run({ app, chat, dataset, options: { pictures, why } }) {
    const predict = await openPredictor(app, dataset)
    const explain = why ? await openExplanation(app, dataset) : undefined
    let done = 0
    for await (const asked of predict(pictures)) {
      if ('error' in asked) yield result('predicted', asked)
      else {
        const { prediction, features } = asked
        // Nobody presses buttons in a terminal.
        const choices = chat ? { choices: judge(await rememberPrediction(app, dataset, asked), !why) } : {}
        const reasons = explain?.(features)
        if (!reasons) yield result('predicted', prediction, choices)
        else {
          const gallery = await galleryOf(app, dataset, reasons)
          yield result('predicted', { ...prediction, why: reasons }, { gallery, ...choices })
        }
      }
      yield pictureProgress(++done)
    }
  },
})

const judge = (prediction: string, canAsk: boolean): Choice[] => [
  { key: 'right', command: 'judge', options: { prediction, right: true } },
  { key: 'wrong', command: 'judge', options: { prediction, right: false } },
  ...(canAsk ? [{ key: 'why' as const, command: 'why', options: { prediction } }] : []),
]
