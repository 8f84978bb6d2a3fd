import type { Results } from '../../commands/results.ts'
import * as backbones from './backbones.ts'
import * as dataset from './dataset.ts'
import type { Where } from './hint.ts'
import * as operator from './operator.ts'
import * as prediction from './prediction.ts'
import * as review from './review.ts'
import * as server from './server.ts'
import * as stats from './stats.ts'
import * as training from './training.ts'
import * as versions from './versions.ts'

/** Results of commands that only a chat offers. */
type ChatOnly =
  | 'undone'
  | 'reasons'
  | 'feedbackGiven'
  | 'whatIsIt'
  | 'backboneChosen'
  | 'forgetAsk'
  | 'forgotten'
  | 'privacy'
  | 'myData'
  | 'help'
type TerminalKey = Exclude<keyof Results, ChatOnly>
type TerminalResult<K extends TerminalKey = TerminalKey> = { [P in K]: { key: P; values: Results[P] } }[K]

/** One renderer for each result; the compiler misses none. */
const renderers: { [K in TerminalKey]: (values: Results[K], where: Where) => string } = {
  added: dataset.added,
  removed: dataset.removed,
  moved: dataset.moved,
  labels: dataset.labels,
  labelRenamed: dataset.labelRenamed,
  labelsMerged: dataset.labelsMerged,
  labelDeleted: dataset.labelDeleted,
  exported: dataset.exported,
  trained: training.trained,
  predicted: prediction.predicted,
  stats: stats.stats,
  versions: versions.versions,
  rolledBack: versions.rolledBack,
  backbones: backbones.backbones,
  backboneAdded: backbones.backboneAdded,
  backboneChanged: backbones.backboneChanged,
  compared: backbones.compared,
  suspects: review.suspects,
  suspect: review.suspect,
  review: review.review,
  reviewDone: review.reviewDone,
  reviewed: review.reviewed,
  reviewUndone: review.reviewUndone,
  reported: review.reported,
  settings: server.settings,
  audit: server.audit,
  withdrawn: server.withdrawn,
  restored: server.restored,
  encrypted: operator.encrypted,
  backupCreated: operator.backupCreated,
  backupRestored: operator.backupRestored,
  personFound: operator.personFound,
  personForgotten: operator.personForgotten,
  personExported: operator.personExported,
  checked: operator.checked,
}

/** A result as lines for people; what it suggests to do next is about the dataset that it is about. Throws an Error for a result that only a chat can get. */
export function render(result: { key: keyof Results; values: unknown }, where: Where): string {
  if (!isForTerminals(result)) throw new Error(`No terminal command results in ${result.key}`)
  return renderAs(result, where)
}

const renderAs = <K extends TerminalKey>({ key, values }: TerminalResult<K>, where: Where): string =>
  renderers[key](values, where)

const isForTerminals = (result: { key: keyof Results }): result is TerminalResult => result.key in renderers
