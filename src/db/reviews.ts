import type { Transaction } from 'kysely'
import { recordChange } from './audit.ts'
import type { Database } from './connection.ts'
import { carryOut, ExampleBefore, readExample, takeBack, type Verdict } from './decisions.ts'
import type { Schema } from './schema.ts'

/**
 * Carries a decision out, or writes it down until enough reviewers say the same.
 * @param agreement how many must say the same, from 1
 * @returns whether it was carried out. Throws UserError review.gone where the dataset has the example no more
 */
export function decide(
  db: Database,
  dataset: number,
  { agreement, ...verdict }: Verdict & { agreement: number },
): Promise<boolean> {
  return db.transaction().execute(async (t) => {
    const { example, decision, by } = verdict
    const before = await readExample(t, dataset, example)
    const also = await listWhoSaidTheSame(t, verdict)
    const waiting = t.deleteFrom('reviews').where('example', '=', example).where('state', '=', 'waiting')
    const label = verdict.label?.name ?? null
    const row = { dataset, example, by, decision, label, at: new Date().toISOString() }

    if (also.length + 1 < agreement) {
      // A reviewer who changes their mind has one word only.
      await waiting.where('by', '=', by).execute()
      await insertReview(t, { ...row, state: 'waiting', before: null })
      return false
    }
    await waiting.execute()
    await insertReview(t, { ...row, state: 'done', before: JSON.stringify(before) })
    await carryOut(t, dataset, verdict)
    const detail = {
      example,
      decision,
      from: before.label,
      to: label ?? undefined,
      also: also.length > 0 ? also : undefined,
    }
    await recordChange(t, { dataset, by, action: 'reviewed', detail })
    return true
  })
}

type ReviewRow = Omit<Schema['reviews'], 'id'>

async function insertReview(t: Transaction<Schema>, row: ReviewRow): Promise<void> {
  await t.insertInto('reviews').values(row).execute()
}

/** Other reviewers whose same decision about the example waits. */
async function listWhoSaidTheSame(
  t: Transaction<Schema>,
  { example, decision, label, by }: Verdict,
): Promise<string[]> {
  const rows = await t
    .selectFrom('reviews')
    .select('by')
    .where('example', '=', example)
    .where('state', '=', 'waiting')
    .where('decision', '=', decision)
    .where('label', label ? '=' : 'is', label?.name ?? null)
    .where('by', '!=', by)
    .execute()
  return [...new Set(rows.map((row) => row.by))]
}

/**
 * Takes a reviewer's last decision back, whether it was carried out or waits.
 * @returns its example; undefined where there is none. Throws UserError review.gone where the example is not there any more
 */
export function undoLast(db: Database, dataset: number, by: string): Promise<number | undefined> {
  return db.transaction().execute(async (t) => {
    const last = await t
      .selectFrom('reviews')
      .selectAll()
      .where('dataset', '=', dataset)
      .where('by', '=', by)
      .where('state', '!=', 'undone')
      .orderBy('id', 'desc')
      .executeTakeFirst()
    if (!last) return undefined
    const { id, example, decision } = last
    await t.updateTable('reviews').set({ state: 'undone' }).where('id', '=', id).execute()
    if (last.before !== null) {
      const before = ExampleBefore.parse(JSON.parse(last.before))
      await takeBack(t, dataset, { example, decision, before })
    }
    await recordChange(t, { dataset, by, action: 'review undone', detail: { example, decision } })
    return example
  })
}

/** Examples that a reviewer has decided about and that wait for another reviewer. */
export async function listWaitingFor(db: Database, dataset: number, by: string): Promise<Set<number>> {
  const rows = await db
    .selectFrom('reviews')
    .select('example')
    .where('dataset', '=', dataset)
    .where('by', '=', by)
    .where('state', '=', 'waiting')
    .execute()
  return new Set(rows.map((row) => row.example))
}
