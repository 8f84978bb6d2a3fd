import { DEFAULT_HEADS } from '../../models/heads/names.ts'
import type { App } from '../../src/app.ts'
import { defineCommand, result } from '../../src/commands/define.ts'
import { flag, person } from '../../src/commands/options.ts'
import { setWithdrawn } from '../../src/db/people.ts'
import { UserError } from '../../src/errors.ts'
import { trainVersion } from '../../src/services/training.ts'

export default defineCommand({
  name: 'withdraw',
  summary: 'take everything that a teacher filed out of the learning; it can be put back',
  access: 'manager',
  options: {
    teacher: person('who filed it'),
    restore: flag('put it back instead', { optional: true, named: true }),
  },
  examples: ['withdraw alice', 'withdraw alice --restore'],
  async *run({ app, dataset, by, options: { teacher, restore } }) {
    const examples = await setWithdrawn(app.db, dataset, { teacher, by, withdrawn: !restore })
    if (examples > 0) app.events.emit('examplesChanged', dataset, examples)
    const version = examples > 0 ? yield* learn(app, dataset, by) : null
    if (restore) yield result('restored', { teacher, examples })
    else
      yield result(
        'withdrawn',
        { teacher, examples, version },
        { choices: [{ key: 'putBack', command: 'withdraw', options: { teacher, restore: true } }] },
      )
  },
})

/** Seconds for comparing a head. */
const BUDGET = 1

/** @returns the new version; null: there is too little left to learn from */
async function* learn(app: App, dataset: number, by: string) {
  try {
    return (yield* trainVersion(app, dataset, { heads: DEFAULT_HEADS, budget: BUDGET, by })).version
  } catch (error) {
    if (error instanceof UserError && error.code === 'train.too-few-labels') return null
    throw error
  }
}
