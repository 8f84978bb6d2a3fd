import type { Command } from '../src/commands/define.ts'
import { openRegistry } from '../src/commands/find.ts'
import exportDataset from './dataset/export.ts'
import importFolder from './dataset/import.ts'
import label from './dataset/label.ts'
import labels from './dataset/labels.ts'
import relabel from './dataset/relabel.ts'
import undo from './dataset/undo.ts'
import unlabel from './dataset/unlabel.ts'
import backbone from './model/backbone.ts'
import chooseBackbone from './model/choose-backbone.ts'
import feedback from './model/feedback.ts'
import predict from './model/predict.ts'
import rollback from './model/rollback.ts'
import stats from './model/stats.ts'
import train from './model/train.ts'
import versions from './model/versions.ts'
import why from './model/why.ts'
import backup from './operator/backup.ts'
import doctor from './operator/doctor.ts'
import encrypt from './operator/encrypt.ts'
import exportPerson from './operator/export-person.ts'
import forgetPerson from './operator/forget-person.ts'
import forget from './privacy/forget.ts'
import help from './privacy/help.ts'
import exportMyData from './privacy/my-data.ts'
import privacy from './privacy/privacy.ts'
import decide from './review/decide.ts'
import exclude from './review/exclude.ts'
import keep from './review/keep.ts'
import report from './review/report.ts'
import restore from './review/restore.ts'
import review from './review/review.ts'
import suspects from './review/suspects.ts'
import audit from './server/audit.ts'
import settings from './server/settings.ts'
import withdraw from './server/withdraw.ts'

/** Every command, in the order in which help shows them. */
const commands: Command[] = [
  // dataset
  importFolder,
  label,
  unlabel,
  relabel,
  labels,
  // model
  train,
  predict,
  why,
  feedback,
  undo,
  stats,
  versions,
  rollback,
  backbone,
  chooseBackbone,
  // review
  suspects,
  review,
  decide,
  keep,
  exclude,
  restore,
  report,
  // server and privacy
  settings,
  audit,
  withdraw,
  forget,
  privacy,
  exportMyData,
  help,
  // operator
  exportDataset,
  backup,
  encrypt,
  exportPerson,
  forgetPerson,
  doctor,
]

export const registry = openRegistry(commands)
