import { type Choice, defineCommand, MAX_CHOICES, result } from '../../src/commands/define.ts'
import { flag, text } from '../../src/commands/options.ts'
import { countLabels } from '../../src/db/labels.ts'
import { parseLabel } from '../../src/label.ts'
import { recordFeedback } from '../../src/services/feedback.ts'

export default defineCommand({
  name: 'feedback',
  formerNames: ['judge'],
  summary: 'say whether an answer was right; this counts towards the live accuracy and trains nothing',
  access: 'member',
  frontEnds: ['discord'],
  hidden: true,
  isPrivate: true,
  options: {
    prediction: text('the answer in question'),
    right: flag('whether it was right'),
    truth: text('the right label', { optional: true }),
  },
  examples: [],
  async *run({ app, dataset, by, options: { prediction, right, truth } }) {
    const told = truth === undefined ? null : parseLabel(truth).name
    const { said, guesses } = await recordFeedback(app, dataset, { prediction, right, truth: told, by })
    if (right || told !== null) {
      yield result('feedbackGiven', { right, said, truth: told })
      return
    }
    const labels = (await countLabels(app.db, dataset)).map((l) => l.label)
    const likely = [...new Set([...guesses, ...labels])].filter((l) => l !== said)
    yield result('whatIsIt', { said }, { choices: askForTruth(prediction, likely.slice(0, MAX_CHOICES)) })
  },
})

function askForTruth(prediction: string, from: string[]): Choice[] {
  const feedback = { command: 'feedback', options: { prediction, right: false } }
  const type: Choice = { key: 'typeLabel', ...feedback, fill: { option: 'truth' } }
  return from.length === 0 ? [type] : [{ key: 'whichLabel', ...feedback, fill: { option: 'truth', from } }, type]
}
