import { type Choice, type CommandEvent, defineCommand, result } from '../../src/commands/define.ts'
import { flag, person } from '../../src/commands/options.ts'
import { countKeptBy, hasExamplesBy } from '../../src/db/people.ts'
import { UserError } from '../../src/errors.ts'
import { mustAsk } from '../shared/confirm.ts'
import { withdraw } from '../shared/withdraw.ts'

export default defineCommand({
  name: 'withdraw',
  summary: 'leave all pictures that a teacher added out of training; this can be undone',
  access: 'manager',
  isPrivate: true,
  options: {
    teacher: person('who added them'),
    restore: flag('bring them back instead', { optional: true, named: true }),
    yes: flag('do it without asking', { optional: true, named: true, frontEnds: ['cli'] }),
  },
  examples: ['withdraw alice', 'withdraw alice --restore'],
  async *run({ app, screen, namesAreFiles, canChoose, dataset, by, options: { teacher, restore, yes } }) {
    const examples = restore ? 0 : await countKeptBy(app.db, dataset, teacher)
    if (examples > 0 && mustAsk({ screen, canChoose }, yes)) {
      yield askToWithdraw(teacher, examples)
      return
    }
    yield* withdraw({ app, dataset, by }, { teacher, restore: restore ?? false })
    // A name that nobody has is a mistake: elsewhere people are chosen.
    if (namesAreFiles && !(await hasExamplesBy(app.db, dataset, teacher)))
      throw new UserError('withdraw.unknown', `Expected somebody who added pictures here, received ${teacher}`)
  },
})

/** `changed`: they confirmed what is another number by now. */
export function askToWithdraw(teacher: string, examples: number, changed = false): CommandEvent {
  const choices: Choice[] = [{ key: 'withdraw', command: 'withdraw-now', options: { teacher, examples } }]
  return result('withdrawAsk', { teacher, examples, changed }, { choices })
}
