import type { Database } from './connection.ts'

type Claim = { by: string; until: number }

/**
 * Reserves an example for a reviewer, unless another one has it. @param claim `until`: milliseconds since 1970
 * @returns whether the reviewer has it
 */
export async function claim(db: Database, example: number, { by, until }: Claim): Promise<boolean> {
  const taken = await db
    .insertInto('claims')
    .values({ example, by, until })
    .onConflict((c) =>
      c
        .column('example')
        .doUpdateSet({ by, until })
        .where((e) => e.or([e('claims.by', '=', by), e('claims.until', '<', Date.now())])),
    )
    .returning('example')
    .executeTakeFirst()
  return taken !== undefined
}

/** Reserves some examples at once. @returns those that the reviewer has */
export async function claimSome(db: Database, examples: number[], { by, until }: Claim): Promise<Set<number>> {
  if (examples.length === 0) return new Set()
  const taken = await db
    .insertInto('claims')
    .values(examples.map((example) => ({ example, by, until })))
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
