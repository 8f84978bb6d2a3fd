import { answer, type Choice, command, flag, pictures, progress } from '../../src/commands/define.ts'
import { galleryOf, openExplainer } from '../../src/services/explanation.ts'
import { remember } from '../../src/services/feedback.ts'
import { openPredictor } from '../../src/services/prediction.ts'

export default command({
  name: 'predict',
  summary: 'say which label pictures belong to, or that none is known; stores nothing',
  access: 'anyone',
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
    const explain = why ? await openExplainer(app, dataset) : undefined
    let done = 0
    for await (const asked of predict(pictures)) {
      if ('error' in asked) yield answer('predicted', asked)
      else {
        const { prediction, features } = asked
        // Nobody presses buttons in a terminal.
        const choices = chat ? { choices: judge(await remember(app, dataset, asked), !why) } : {}
        const reasons = explain?.(features)
        if (!reasons) yield answer('predicted', prediction, choices)
        else {
          const gallery = await galleryOf(app, dataset, reasons)
          yield answer('predicted', { ...prediction, why: reasons }, { gallery, ...choices })
        }
      }
      yield progress(++done)
    }
  },
})

const judge = (prediction: string, canAsk: boolean): Choice[] => [
  { word: 'right', verb: 'judge', options: { prediction, right: true } },
  { word: 'wrong', verb: 'judge', options: { prediction, right: false } },
  ...(canAsk ? [{ word: 'why' as const, verb: 'why', options: { prediction } }] : []),
]
