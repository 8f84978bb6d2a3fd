import type { Screen } from '../../src/commands/define.ts'

/** Whether pictures from age-restricted channels may be shown where somebody asks; a command line shows them all. */
export const seesAll = (screen: Screen | undefined): boolean => screen === undefined || screen.seesAll === true
