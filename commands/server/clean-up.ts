import { defineCommand, result } from '../../src/commands/define.ts'
import { flag, person, text } from '../../src/commands/options.ts'
import { findDoings, takeBackDoings } from '../../src/services/clean-up.ts'
import { askToCleanUp, isNothing } from '../shared/clean-up.ts'
import { mustAsk } from '../shared/confirm.ts'
import { parseSince } from '../shared/since.ts'

export default defineCommand({
  name: 'clean-up',
  summary: 'take back everything that one person did since a time, in all datasets; shows it first',
  access: 'manager',
  isPrivate: true,
  options: {
    person: person('who did it'),
    since: text('how long ago it began, as in 90m, 2h, 3d, or when, as in 2026-11-26 14:30', { named: true, max: 40 }),
    yes: flag('do it without asking', { optional: true, named: true, frontEnds: ['cli'] }),
  },
  examples: ['clean-up alice --since 2h', 'clean-up alice --since "2026-11-26 14:30"'],
  ifInterrupted: 'Part of it is taken back; run the same command again to go on.',
  async *run({ app, server, screen, canChoose, by, options: { person, since: text, yes } }) {
    const where = { server, person, since: parseSince(text) }
    const found = await findDoings(app, where)
    if (!isNothing(found) && !mustAsk({ screen, canChoose }, yes)) {
      const done = yield* takeBackDoings(app, { ...where, by })
      yield result('cleanedUp', { person, since: where.since, ...done })
      return
    }
    yield await askToCleanUp(app, { screen, where, found })
  },
})
