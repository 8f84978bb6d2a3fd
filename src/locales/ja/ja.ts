import type { Markup } from '../markup.ts'
import type { Words } from '../words.ts'
import { answering, answeringResults } from './answering.ts'
import { auditResults } from './audit.ts'
import { backboneResults } from './backbones.ts'
import { botSetupResults } from './bot-setup.ts'
import { chat } from './chat.ts'
import { charts, choices } from './choices.ts'
import { cleanUpResults } from './clean-up.ts'
import { commands } from './commands.ts'
import { datasetResults } from './dataset.ts'
import { datasetsResults } from './datasets.ts'
import { errors } from './errors.ts'
import { galleryResults } from './gallery.ts'
import { helpResults } from './help.ts'
import { movingResults } from './moving.ts'
import { news } from './news.ts'
import { operatorResults } from './operator.ts'
import { predictionResults } from './prediction.ts'
import { privacyResults } from './privacy.ts'
import { processResults } from './processes.ts'
import { reviewResults } from './review.ts'
import { serverResults } from './server.ts'
import { serversResults } from './servers.ts'
import { settingsResults } from './settings.ts'
import { setupResults } from './setup.ts'
import { statsResults } from './stats.ts'
import { terminal } from './terminal.ts'
import { trainingResults } from './training.ts'
import { undoResults } from './undo.ts'
import { values } from './values.ts'

/** Its terms stand in docs/words.md. */
export const japanese = (m: Markup): Words => ({
  results: {
    ...datasetResults(m),
    ...datasetsResults(m),
    ...trainingResults(m),
    ...statsResults(m),
    ...backboneResults(m),
    ...movingResults(m),
    ...operatorResults(m),
    ...predictionResults(m),
    ...answeringResults(m),
    ...reviewResults(m),
    ...galleryResults(m),
    ...undoResults(m),
    ...cleanUpResults(m),
    ...serverResults(m),
    ...settingsResults(m),
    ...auditResults(m),
    ...serversResults(m),
    ...processResults(m),
    ...botSetupResults(m),
    ...setupResults(m),
    ...helpResults(m),
    ...privacyResults(m),
  },
  choices,
  commands,
  errors: errors(m),
  values,
  charts,
  terminal: terminal(m),
  ...chat(m),
  ...answering(m),
  ...news(m),
})
