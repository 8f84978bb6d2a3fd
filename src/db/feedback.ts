import { recordChange } from './audit.ts'
import { changeDataset, type Database } from './connection.ts'

/** What a person said about an answer. `said` null: the answer was "unknown"; `truth` null: not told. */
type Feedback = {
  /** Names the answer: a second word on it replaces the first. */
  prediction: string
  version: number
  said: string | null
  right: boolean
  truth: string | null
  by: string
}

export function addFeedback(db: Database, dataset: number, { right, ...given }: Feedback): Promise<void> {
  return changeDataset(db, dataset, async (t) => {
    const values = { ...given, right: Number(right), at: new Date().toISOString() }
    await t
      .insertInto('feedback')
      .values({ dataset, ...values })
      .onConflict((c) => c.columns(['dataset', 'prediction']).doUpdateSet(values))
      .execute()
    const { version, said, truth, by } = given
    await recordChange(t, dataset, by, 'feedback', { version, said, right, truth })
  })
}

/** Answers that people judged, and how many of them were right: one word an answer, the last one. */
export async function countFeedback(db: Database, dataset: number): Promise<{ judged: number; right: number }> {
  const row = await db
    .selectFrom('feedback')
    .select((e) => [e.fn.countAll<number>().as('judged'), e.fn.sum<number | null>('right').as('right')])
    .where('dataset', '=', dataset)
    .executeTakeFirstOrThrow()
  return { judged: row.judged, right: row.right ?? 0 }
}
