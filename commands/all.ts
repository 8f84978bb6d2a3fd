import type { Command } from './command.ts'
import importFolder from './import.ts'
import label from './label.ts'
import labels from './labels.ts'
import predict from './predict.ts'
import rollback from './rollback.ts'
import stats from './stats.ts'
import train from './train.ts'
import unlabel from './unlabel.ts'
import versions from './versions.ts'

/** Every verb, in the order in which help shows them. */
export const commands: Command[] = [importFolder, label, unlabel, labels, train, predict, stats, versions, rollback]
