import { remember } from '../src/judge.ts'
import { openPredictor } from '../src/predictor.ts'
import { answer, type Choice, command, pictures, progress } from './command.ts'

export default command({
  name: 'predict',
  summary: 'say which label pictures belong to, or that none is known; stores nothing',
  access: 'anyone',
  options: { pictures: pictures('pictures, or folders of them') },
  examples: ['predict new.jpg', 'predict ./folder'],
  async *run({ app, chat, dataset, options: { pictures } }) {
    const predict = await openPredictor(app, dataset)
    let done = 0
    for await (const prediction of predict(pictures)) {
      // Nobody presses buttons in a terminal.
      const canJudge = chat && !('error' in prediction)
      yield answer(
        'predicted',
        prediction,
        canJudge ? { choices: judge(await remember(app, dataset, prediction)) } : {},
      )
      yield progress(++done)
    }
  },
})

const judge = (prediction: string): Choice[] => [
  { word: 'right', verb: 'judge', options: { prediction, right: true } },
  { word: 'wrong', verb: 'judge', options: { prediction, right: false } },
]
