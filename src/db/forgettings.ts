import { randomBytes } from 'node:crypto'
import type { Transaction } from 'kysely'
import { personHash } from './person-hash.ts'
import type { Schema } from './schema.ts'

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
