import audit from './audit.ts'
import backbone from './backbone.ts'
import type { Command } from './command.ts'
import doctor from './doctor.ts'
import exportDataset from './export.ts'
import forget from './forget.ts'
import help from './help.ts'
import importFolder from './import.ts'
import judge from './judge.ts'
import label from './label.ts'
import labels from './labels.ts'
import exportMine from './my-data.ts'
import predict from './predict.ts'
import privacy from './privacy.ts'
import relabel from './relabel.ts'
import rollback from './rollback.ts'
import seal from './seal.ts'
import settings from './settings.ts'
import stats from './stats.ts'
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
  ...[settings, audit, withdraw, forget, privacy, exportMine, help, exportDataset, seal, doctor],
]

/** Those that a person can ask for at a door. */
export const offeredAt = (door: 'terminal' | 'chat'): Command[] =>
  commands.filter(({ only }) => only === undefined || only === door)
