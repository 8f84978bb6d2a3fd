import { defineCommand, MAX_CHOICES, result } from '../../src/commands/define.ts'
import { flag, text } from '../../src/commands/options.ts'
import { countLabels } from '../../src/db/labels.ts'
import { parseLabel } from '../../src/label.ts'
import { giveFeedback } from '../../src/services/feedback.ts'

export default defineCommand({
  name: 'feedback',
  formerNames: ['judge'],
  summary: 'say whether an answer was right; it counts towards the live accuracy and teaches nothing',
  access: 'member',
  frontEnds: ['discord'],
  hidden: true,
  isPrivate: true,
  options: {
    prediction: text('which answer'),
    right: flag('whether it was right'),
    truth: text('the right label', { optional: true }),
  },
  examples: [],
  async *run({ app, dataset, by, options: { prediction, right, truth } }) {
    const told = truth === undefined ? null : parseLabel(truth).name
    const { said, guesses } = await giveFeedback(app, dataset, { prediction, right, truth: told, by })
    if (right || told !== null) {
      yield result('feedbackGiven', { right, said, truth: told })
      return
    }
    const all = (await countLabels(app.db, dataset)).map((l) => l.label)
    const from = [...new Set([...guesses, ...all])].filter((l) => l !== said).slice(0, MAX_CHOICES)
    const options = { prediction, right }
    yield result(
      'whatIsIt',
      { said },
      {
        choices: [
          ...(from.length > 0
            ? [{ key: 'whichLabel' as const, command: 'judge', options, fill: { option: 'truth', from } }]
            : []),
          { key: 'typeLabel', command: 'judge', options, fill: { option: 'truth' } },
        ],
      },
    )
  },
})
