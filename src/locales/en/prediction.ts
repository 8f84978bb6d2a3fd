import { said } from '../format.ts'
import { layOutPrediction } from '../layouts/prediction.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { errors } from './errors.ts'
import { inEnglish } from './say.ts'

export function predictionResults(m: Markup) {
  const say = inEnglish(m)

  return {
    ...layOutPrediction(m, say, {
      ofFile: (file, what) => `${file}: ${what}`,
      unknown: 'I don’t recognize this.',
      closest: (label) => `Closest: ${label}`,
      unsure: (label, share) => `Probably ${label}, but I’m not sure.${share && ` (${share})`}`,
      runnerUp: (label, share) => `${label} came close, with ${share}.`,
      noRunnerUp: 'Nothing else came close.',
      nothingToCompare: 'There is no picture left to compare it with.',
      mostLike: (labels) => `It looks most like these ${labels} pictures:`,
      sentences: say.sentences,
      errors: errors(m),
    }),
    feedbackGiven({ right, truth }) {
      if (right) return { headline: 'Thanks! Noted as right.' }
      if (truth === null) return { headline: 'Thanks! Noted as wrong.' }
      return { headline: `Thanks! Noted as ${m.name(truth)}.` }
    },
    whatIsIt: ({ said: label }) => ({
      headline: 'Thanks! What is it really?',
      lines: said(label === null ? 'I didn’t recognize it.' : `I said ${m.name(label)}.`),
    }),
  } satisfies SomeResults
}
