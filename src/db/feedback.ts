import { recordChange } from './audit.ts'
import type { Database } from './connection.ts'
import { changeDataset } from './transactions.ts'

/** What a person said about an answer. */
type Feedback = {
  /** Names the answer: a second word on it replaces the first. */
  prediction: string
  version: number
  /** The answered label; null: the answer was "unknown". */
  said: string | null
  right: boolean
  /** The label that would have been right; null: not told. */
  truth: string | null
  by: string
}

/** Writes down what a person said about an answer. */
export function addFeedback(db: Database, dataset: number, feedback: Feedback): Promise<void> {
  return changeDataset(db, dataset, async (t) => {
    const values = { ...feedback, right: Number(feedback.right), at: new Date().toISOString() }
    await t
      .insertInto('feedback')
      .values({ dataset, ...values })
      .onConflict((c) => c.columns(['dataset', 'prediction']).doUpdateSet(values))
      .execute()
    const { version, said, right, truth, by } = feedback
    await recordChange(t, { dataset, by, action: 'feedback', detail: { version, said, right, truth } })
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
