import { DEFAULT_HEADS } from '../../models/heads/names.ts'
import type { App } from '../../src/app.ts'
import { defineCommand, result } from '../../src/commands/define.ts'
import { flag, person } from '../../src/commands/options.ts'
import { hasExamplesBy, setWithdrawn } from '../../src/db/people.ts'
import { readActiveNumber } from '../../src/db/versions.ts'
import { UserError } from '../../src/errors.ts'
import { trainVersion } from '../../src/services/training/train-version.ts'

export default defineCommand({
  name: 'withdraw',
  summary: 'leave all pictures that a teacher added out of training; this can be undone',
  access: 'manager',
  options: {
    teacher: person('who added them'),
    restore: flag('bring them back instead', { optional: true, named: true }),
  },
  examples: ['withdraw alice', 'withdraw alice --restore'],
  async *run({ app, chat, dataset, by, options: { teacher, restore } }) {
    const examples = await setWithdrawn(app.db, dataset, { teacher, by, withdrawn: !restore })
    if (examples > 0) app.events.emit('examplesChanged', dataset, examples)
    const version = examples > 0 ? yield* retrain(app, dataset, by) : null
    const active = (await readActiveNumber(app.db, dataset)) ?? null
    const putBack = { key: 'putBack' as const, command: 'withdraw', options: { teacher, restore: true } }
    if (restore) yield result('restored', { teacher, examples })
    else yield result('withdrawn', { teacher, examples, version, active }, { choices: [putBack] })
    // A name that nobody has is a mistake: a chat offers only those of its members.
    if (!chat && !(await hasExamplesBy(app.db, dataset, teacher)))
      throw new UserError('withdraw.unknown', `Expected somebody who added pictures here, received ${teacher}`)
  },
})

/** Seconds for comparing one kind of head: whoever withdraws pictures waits for the new version. */
const BUDGET_SECONDS = 1

/** Trains without what was withdrawn. Returns the new version, or null where too little is left to train on. */
async function* retrain(app: App, dataset: number, by: string) {
  try {
    const trained = yield* trainVersion(app, dataset, { heads: DEFAULT_HEADS, budget: BUDGET_SECONDS, by })
    return trained.version
  } catch (error) {
    if (error instanceof UserError && error.code === 'train.too-few-labels') return null
    throw error
  }
}
