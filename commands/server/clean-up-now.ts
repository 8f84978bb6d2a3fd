import { defineCommand, result } from '../../src/commands/define.ts'
import { person, text } from '../../src/commands/options.ts'
import { findDoings, takeBackDoings } from '../../src/services/clean-up.ts'
import { askToCleanUp } from '../shared/clean-up.ts'

export default defineCommand({
  name: 'clean-up-now',
  summary: 'take back what was shown',
  access: 'manager',
  hidden: true,
  isPrivate: true,
  updatesInPlace: true,
  options: { person: person('who did it'), since: text('ISO 8601'), mark: text('what was shown') },
  examples: [],
  ifInterrupted: 'Part of it is taken back; run clean-up again to go on.',
  async *run({ app, screen, server, by, options: { person, since, mark } }) {
    const where = { server, person, since }
    const found = await findDoings(app, where)
    if (found.mark !== mark) {
      yield await askToCleanUp(app, { screen, where, found, changed: true })
      return
    }
    const done = yield* takeBackDoings(app, { ...where, by })
    yield result('cleanedUp', { person, since, ...done })
  },
})
