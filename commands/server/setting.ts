import type { Command } from '../../src/commands/define.ts'
import settings from './settings.ts'

/** A list below the settings changes one of them, and all of them are shown again in its place. */
const setting: Command = {
  ...settings,
  name: 'setting',
  hidden: true,
  frontEnds: ['discord', 'web'],
  updatesInPlace: true,
  async *run(call) {
    // What it says of the change is seen in what is shown.
    for await (const event of settings.run(call)) void event
    yield* settings.run({ ...call, options: {} })
  },
}
export default setting
