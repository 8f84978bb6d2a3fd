import { DEFAULT_HEADS } from '../../models/heads/names.ts'
import type { App } from '../../src/app.ts'
import { type CommandEvent, result } from '../../src/commands/define.ts'
import { setWithdrawn } from '../../src/db/people.ts'
import { readActiveNumber } from '../../src/db/versions.ts'
import { UserError } from '../../src/errors.ts'
import { trainVersion } from '../../src/services/training/train-version.ts'

/** Seconds for comparing one kind of head: whoever withdraws pictures waits for the new version. */
const BUDGET_SECONDS = 1

type Where = { app: App; dataset: number; by: string }

/** Leaves everything that a teacher added out of training, or brings it back, and trains. */
export async function* withdraw(
  { app, dataset, by }: Where,
  { teacher, restore }: { teacher: string; restore: boolean },
): AsyncGenerator<CommandEvent> {
  const examples = await setWithdrawn(app.db, dataset, { teacher, by, withdrawn: !restore })
  if (examples > 0) app.events.emit('examplesChanged', dataset, examples)
  const version = examples > 0 ? yield* retrain(app, dataset, by) : null
  const active = (await readActiveNumber(app.db, dataset)) ?? null
  const putBack = { key: 'putBack' as const, command: 'withdraw', options: { teacher, restore: true } }
  if (restore) yield result('restored', { teacher, examples })
  else yield result('withdrawn', { teacher, examples, version, active }, { choices: [putBack] })
}

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
