import { defineCommand, result } from '../../src/commands/define.ts'
import { flag, person } from '../../src/commands/options.ts'
import { emptyWriteAheadLog } from '../../src/db/write-ahead-log.ts'
import { UserError } from '../../src/errors.ts'
import { forgetEverythingOf } from '../../src/services/forgetting.ts'
import { describePerson, parsePerson } from '../shared/requested-person.ts'

/** For those who ask by mail, as /forget in a direct message is for those who ask the bot. */
export default defineCommand({
  name: 'forget',
  summary: 'delete everything of a person on every server, left ones included, for good',
  access: 'operator',
  frontEnds: ['cli'],
  updatesInPlace: true,
  options: {
    person: person('the Discord id of the person'),
    yes: flag('do it without asking', { optional: true, named: true }),
  },
  examples: ['forget 140000000000000001', 'forget 140000000000000001 --yes'],
  ifInterrupted: 'Part of it may be deleted already; run the same command again to delete the rest.',
  async *run({ app, canChoose, options: { person, yes } }) {
    const by = parsePerson(person)
    if (yes) {
      const examples = await forgetEverythingOf(app, { by })
      // What was deleted is in the log until then; a bot that serves empties it, too.
      await emptyWriteAheadLog(app.db)
      yield result('personForgotten', { person: by, examples })
      return
    }
    const choices = [{ key: 'forgetAll', command: 'forget', options: { person: by, yes: true } }] as const
    yield result('personFound', await describePerson(app, by), { choices: [...choices] })
    if (!canChoose)
      throw new UserError('forget.not-confirmed', 'Expected a confirmation before anything is deleted: add --yes')
  },
})
