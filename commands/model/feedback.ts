import { type Choice, defineCommand, result, type Screen } from '../../src/commands/define.ts'
import { flag, text } from '../../src/commands/options.ts'
import { countLabels } from '../../src/db/labels.ts'
import { parseLabel } from '../../src/label.ts'
import { recordFeedback } from '../../src/services/feedback.ts'
import { hasAccess } from '../shared/has-access.ts'

export default defineCommand({
  name: 'feedback',
  formerNames: ['judge'],
  summary: 'say whether an answer was right; this counts towards the live accuracy and trains nothing',
  access: 'member',
  frontEnds: ['discord', 'web'],
  hidden: true,
  isPrivate: true,
  options: {
    prediction: text('the answer in question'),
    right: flag('whether it was right'),
    truth: text('the right label', { optional: true }),
  },
  examples: [],
  async *run({ app, screen, dataset, by, requireAccess, options: { prediction, right, truth } }) {
    const told = truth === undefined ? null : parseLabel(truth).name
    const { said, guesses } = await recordFeedback(app, dataset, { prediction, right, truth: told, by })
    if (told !== null && !right) {
      const choices = hasAccess(requireAccess, 'teacher') ? [await offerToAdd(screen, { prediction, label: told })] : []
      yield result('feedbackGiven', { right, said, truth: told }, { choices })
      return
    }
    if (right) {
      yield result('feedbackGiven', { right, said, truth: told })
      return
    }
    const labels = (await countLabels(app.db, dataset)).map((l) => l.label)
    const likely = [...new Set([...guesses, ...labels])].filter((l) => l !== said)
    yield result('whatIsIt', { said }, { choices: askForTruth(prediction, likely) })
  },
})

/** The picture itself where it can still be had and may be added; a form for it otherwise. */
async function offerToAdd(
  screen: Screen | undefined,
  { prediction, label }: { prediction: string; label: string },
): Promise<Choice> {
  if (await screen?.canAdd?.(prediction))
    return { key: 'addTo', about: label, command: 'teach', options: { prediction, label } }
  return { key: 'upload', command: 'label', options: { label } }
}

function askForTruth(prediction: string, from: string[]): Choice[] {
  const feedback = { command: 'feedback', options: { prediction, right: false } }
  const type: Choice = { key: 'typeLabel', ...feedback, fill: { option: 'truth' } }
  return from.length === 0 ? [type] : [{ key: 'whichLabel', ...feedback, fill: { option: 'truth', from } }, type]
}
