import type { Database } from './connection.ts'

// What is known of trainings that run, beside their jobs (postgres/training-jobs.ts).

/** One beginning of a job. */
type Attempt = { id: string; retryCount: number }

/** A training begins: it has read nothing yet. */
export async function noteTraining(db: Database, dataset: number, { id, retryCount }: Attempt): Promise<void> {
  const values = { job: id, attempt: retryCount, mark: null }
  await db
    .insertInto('trainings')
    .values({ dataset, ...values })
    .onConflict((c) => c.column('dataset').doUpdateSet(values))
    .execute()
}

/** It is about to read what was changed until a mark (example-changes.ts). */
export async function noteMark(db: Database, attempt: Attempt & { dataset: number }, mark: number): Promise<void> {
  await db
    .updateTable('trainings')
    .set({ mark })
    .where('dataset', '=', attempt.dataset)
    .where('job', '=', attempt.id)
    .where('attempt', '=', attempt.retryCount)
    .execute()
}

/** Up to which change a training has read; undefined: it has read nothing yet, or is not known. */
export async function readMark(db: Database, attempt: Attempt & { dataset: number }): Promise<number | undefined> {
  const row = await db
    .selectFrom('trainings')
    .select('mark')
    .where('dataset', '=', attempt.dataset)
    .where('job', '=', attempt.id)
    .where('attempt', '=', attempt.retryCount)
    .limit(1)
    .executeTakeFirst()
  return row?.mark ?? undefined
}

export async function forgetTraining(db: Database, { dataset, id, retryCount }: Attempt & { dataset: number }) {
  await db
    .deleteFrom('trainings')
    .where('dataset', '=', dataset)
    .where('job', '=', id)
    .where('attempt', '=', retryCount)
    .execute()
}
