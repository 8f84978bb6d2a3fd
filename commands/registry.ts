import type { Command } from '../src/commands/define.ts'
import exportDataset from './dataset/export.ts'
import importFolder from './dataset/import.ts'
import label from './dataset/label.ts'
import labels from './dataset/labels.ts'
import relabel from './dataset/relabel.ts'
import undo from './dataset/undo.ts'
import unlabel from './dataset/unlabel.ts'
import backbone from './model/backbone.ts'
import judge from './model/feedback.ts'
import predict from './model/predict.ts'
import rollback from './model/rollback.ts'
import stats from './model/stats.ts'
import train from './model/train.ts'
import versions from './model/versions.ts'
import why from './model/why.ts'
import doctor from './operator/doctor.ts'
import seal from './operator/encrypt.ts'
import forget from './privacy/forget.ts'
import help from './privacy/help.ts'
import exportMine from './privacy/my-data.ts'
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

/** Every verb, in the order in which help shows them. */
export const commands: Command[] = [
  ...[importFolder, label, unlabel, relabel, labels],
  ...[train, predict, why, judge, undo, stats, versions, rollback, backbone],
  ...[suspects, review, decide, keep, exclude, restore, report],
  ...[settings, audit, withdraw, forget, privacy, exportMine, help, exportDataset, seal, doctor],
]

/** Those that a person can ask for at a door. */
export const offeredAt = (door: 'terminal' | 'chat'): Command[] =>
  commands.filter(({ only }) => only === undefined || only === door)
