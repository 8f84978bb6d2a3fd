import audit from './audit.ts'
import backbone from './backbone.ts'
import type { Command } from './command.ts'
import decide from './decide.ts'
import doctor from './doctor.ts'
import exclude from './exclude.ts'
import exportDataset from './export.ts'
import forget from './forget.ts'
import help from './help.ts'
import importFolder from './import.ts'
import judge from './judge.ts'
import keep from './keep.ts'
import label from './label.ts'
import labels from './labels.ts'
import exportMine from './my-data.ts'
import predict from './predict.ts'
import privacy from './privacy.ts'
import relabel from './relabel.ts'
import report from './report.ts'
import restore from './restore.ts'
import review from './review.ts'
import rollback from './rollback.ts'
import seal from './seal.ts'
import settings from './settings.ts'
import stats from './stats.ts'
import suspects from './suspects.ts'
import train from './train.ts'
import undo from './undo.ts'
import unlabel from './unlabel.ts'
import versions from './versions.ts'
import why from './why.ts'
import withdraw from './withdraw.ts'

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
