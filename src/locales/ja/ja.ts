import type { Markup } from '../markup.ts'
import type { Words } from '../words.ts'
import { chat } from './chat.ts'
import { charts, choices } from './choices.ts'
import { commands } from './commands.ts'
import { datasetResults } from './dataset.ts'
import { errors } from './errors.ts'
import { predictionResults } from './prediction.ts'
import { privacyResults } from './privacy.ts'
import { reviewResults } from './review.ts'
import { serverResults } from './server.ts'
import { statsResults } from './stats.ts'
import { trainingResults } from './training.ts'

/** Its terms stand in docs/words.md. */
export const japanese = (m: Markup): Words => ({
  results: {
    ...datasetResults(m),
    ...trainingResults(m),
    ...statsResults(m),
    ...predictionResults(m),
    ...reviewResults(m),
    ...serverResults(m),
    ...privacyResults(),
  },
  choices,
  commands,
  errors,
  charts,
  ...chat(m),
})
