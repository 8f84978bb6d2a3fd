import type { Database } from './connection.ts'
import { isPostgres } from './engine.ts'

type Claim = { by: string; until: number }

/**
 * Reserves an example for a reviewer, unless another one has it. @param claim `until`: milliseconds since 1970
 * @returns whether the reviewer has it; false, too, where it is gone
 */
export const claim = async (db: Database, example: number, claim: Claim): Promise<boolean> =>
  (await claimSome(db, [example], claim)).has(example)

/** Reserves some examples at once. @returns those that the reviewer has */
export async function claimSome(db: Database, examples: number[], { by, until }: Claim): Promise<Set<number>> {
  if (examples.length === 0) return new Set()
  const taken = await db
    .insertInto('claims')
    .columns(['example', 'by', 'until'])
    .expression((e) => {
      const there = e
        .selectFrom('examples')
        .select(['id', e.cast<string>(e.val(by), 'text').as('by'), e.cast<number>(e.val(until), 'bigint').as('until')])
        .where('id', 'in', examples)
        .orderBy('id')
      // They stay until this is written.
      return isPostgres(db) ? there.forKeyShare() : there
    })
    .onConflict((c) =>
      c
        .column('example')
        .doUpdateSet({ by, until })
        .where((e) => e.or([e('claims.by', '=', by), e('claims.until', '<', Date.now())])),
    )
    .returning('example')
    .execute()
  return new Set(taken.map((row) => row.example))
}

/** Gives back the examples that a reviewer has reserved, except some. @param kept as many as one looks at */
export async function releaseOthers(db: Database, by: string, kept: readonly number[]): Promise<void> {
  const others = db.deleteFrom('claims').where('by', '=', by)
  await (kept.length > 0 ? others.where('example', 'not in', [...kept]) : others).execute()
}

/** Gives back every example that a reviewer has reserved. */
export async function releaseClaims(db: Database, by: string): Promise<void> {
  await db.deleteFrom('claims').where('by', '=', by).execute()
}
