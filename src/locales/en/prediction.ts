import type { Results } from '../../commands/results.ts'
import { bar, describeProblem, lines, percent } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { errors } from './errors.ts'
import { and } from './plural.ts'

type Prediction = Extract<Results['predicted'], { top: unknown }>
type Key = 'predicted' | 'reasons' | 'feedbackGiven' | 'whatIsIt'

const MAX_GUESSES = 3

export function predictionResults(m: Markup): ResultWords<Key> {
  const bold = (label: string): string => `**${m.text(label)}**`

  function answer({ grade, label, confidence, top }: Prediction): string {
    if (label === null) return `**I don’t recognize this.**${top[0] ? ` Closest: ${bold(top[0].label)}` : ''}`
    return grade === 'sure' ? `${bold(label)} · ${percent(confidence)}` : `Probably ${bold(label)}, but I’m not sure.`
  }

  function reasons({ runnerUp, nearest }: Results['reasons']): string {
    const close = runnerUp
      ? `${bold(runnerUp.label)} came close, with ${percent(runnerUp.confidence)}.`
      : 'Nothing else came close.'
    if (nearest.length === 0) return `${close} There is no picture left to compare it with.`
    const labels = [...new Set(nearest.map((n) => bold(n.label)))]
    return `${close} It looks most like these ${and(labels)} pictures:`
  }

  return {
    predicted: (p) =>
      'error' in p
        ? `${bold(p.file)}: ${describeProblem(p.error, errors, m)}`
        : lines(
            answer(p),
            ...p.top
              .slice(0, MAX_GUESSES)
              .map((t) => `${bar(t.confidence)} ${percent(t.confidence)} ${m.text(t.label)}`),
            p.why ? reasons(p.why) : '',
          ),
    reasons,
    feedbackGiven: ({ right, truth }) => {
      if (right) return 'Thanks! Noted as right.'
      return truth === null
        ? 'Thanks! Noted as wrong.'
        : `Thanks! Noted as ${bold(truth)}. To teach me, add the picture with \`/label\`.`
    },
    whatIsIt: ({ said }) =>
      `Thanks! ${said === null ? 'I didn’t recognize it.' : `I said ${bold(said)}.`} What is it really?`,
  }
}
