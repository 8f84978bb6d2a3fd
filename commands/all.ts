import backbone from './backbone.ts'
import type { Command } from './command.ts'
import doctor from './doctor.ts'
import exportDataset from './export.ts'
import importFolder from './import.ts'
import label from './label.ts'
import labels from './labels.ts'
import predict from './predict.ts'
import relabel from './relabel.ts'
import rollback from './rollback.ts'
import stats from './stats.ts'
import train from './train.ts'
import unlabel from './unlabel.ts'
import versions from './versions.ts'

/** Every verb, in the order in which help shows them. */
export const commands: Command[] = [
  ...[importFolder, label, unlabel, relabel, labels],
  ...[train, predict, stats, versions, rollback, backbone, exportDataset, doctor],
]
