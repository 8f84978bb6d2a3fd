import type { Results } from '../../../../commands/results.ts'
import type { OptionValues } from '../../lib/api.ts'

type Settings = Results['settings']['settings']
/** Changes some settings, and shows them as they are then. */
export type Change = (options: OptionValues) => Promise<void>
export type SettingsProps = { settings: Settings; change: Change }
