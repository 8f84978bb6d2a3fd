import { answer, command, flag, MOST_CHOICES, text } from '../../src/commands/define.ts'
import { countLabels } from '../../src/db/labels.ts'
import { parseLabel } from '../../src/label.ts'
import { judge } from '../../src/services/feedback.ts'

export default command({
  name: 'judge',
  summary: 'say whether an answer was right; it counts towards the live accuracy and teaches nothing',
  access: 'anyone',
  only: 'button',
  quiet: true,
  options: {
    prediction: text('which answer'),
    right: flag('whether it was right'),
    truth: text('the right label', { optional: true }),
  },
  examples: [],
  async *run({ app, dataset, by, options: { prediction, right, truth } }) {
    const told = truth === undefined ? null : parseLabel(truth).name
    const { said, guesses } = await judge(app, dataset, { prediction, right, truth: told, by })
    if (right || told !== null) {
      yield answer('judged', { right, said, truth: told })
      return
    }
    const all = (await countLabels(app.store, dataset)).map((l) => l.label)
    const from = [...new Set([...guesses, ...all])].filter((l) => l !== said).slice(0, MOST_CHOICES)
    const options = { prediction, right }
    yield answer(
      'whatIsIt',
      { said },
      {
        choices: [
          ...(from.length > 0
            ? [{ word: 'whichLabel' as const, verb: 'judge', options, fill: { option: 'truth', from } }]
            : []),
          { word: 'typeLabel', verb: 'judge', options, fill: { option: 'truth' } },
        ],
      },
    )
  },
})
