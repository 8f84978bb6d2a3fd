import { randomBytes } from 'node:crypto'
import { recordChange } from './audit.ts'
import { sql, type Transaction } from './kysely.ts'
import { personHash } from './person-hash.ts'
import type { Schema } from './schema.ts'
import { deleteIrreplaceable } from './version-retention.ts'

/** What stands for a person who was forgotten. */
export const NOBODY = 'forgotten'
/** In place of a server: every one. No id of a server is called that. */
export const EVERY_SERVER = '*'

const SALT_BYTES = 16

/** Whom or what a server has had forgotten: a person, one of a person's pictures, or all of it. */
type Forgotten = { server: string; by?: string; pixelHash?: Buffer }

/**
 * Remembers that something was forgotten, in the transaction that does it, so that a backup from before does not bring it
 * back (apply-forgettings.ts). Of the person only a salted hash is kept.
 */
export async function rememberForgotten(t: Transaction<Schema>, { server, by, pixelHash }: Forgotten): Promise<void> {
  const salt = randomBytes(SALT_BYTES)
  const person = by === undefined ? null : personHash({ server, person: by, salt })
  const values = { at: new Date().toISOString(), server, salt, person, pixel_hash: pixelHash ?? null }
  await t.insertInto('forgettings').values(values).execute()
}

/** `by`: whom the audit log names; `examples`: how many are gone. `moment`: versions that read later have not learned from them. */
type InDataset = { by: string; examples: number; moment?: string }

/**
 * Writes down, in the transaction that deletes them, that examples of a dataset were forgotten: who did it, that a training
 * is due, and that versions from before may have learned from them. Those that no training can replace go at once.
 */
export async function noteForgotten(
  t: Transaction<Schema>,
  dataset: number,
  { by, examples, moment = new Date().toISOString() }: InDataset,
): Promise<void> {
  await recordChange(t, { dataset, by, action: 'forgotten', detail: { examples } })
  const forgotten_at = sql<string>`case when forgotten_at > ${moment} then forgotten_at else ${moment} end`
  await t.updateTable('datasets').set({ forgotten_at }).where('id', '=', dataset).execute()
  // As services/auto-retrain.ts keeps it: a bot that starts later, or again, trains.
  const due = { key: `due:${dataset}`, value: JSON.stringify({ value: Math.max(1, examples) }), expires_at: null }
  await t
    .insertInto('expiring')
    .values(due)
    .onConflict((c) => c.doNothing())
    .execute()
  await deleteIrreplaceable(t, dataset)
}
