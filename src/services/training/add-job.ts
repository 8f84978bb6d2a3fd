import type { ServiceContext } from '../../context.ts'
import { readServerOf } from '../../db/datasets.ts'
import { haveExamplesChanged } from '../../db/example-changes.ts'
import type { TrainingJobs } from '../../db/postgres/training-jobs.ts'
import { readMark } from '../../db/trainings.ts'
import type { JobData } from './job-data.ts'

/** Trainings of a server that wait put its next one back behind those of others; more than these are no further back. */
const MAX_COUNTED = 100
/** What somebody waits for comes before all that nobody does. */
const ASKED_FIRST = 1_000

/**
 * The job to follow: the one of the dataset that waits, or the one that runs unless examples have changed since it read
 * them; else a new one. @returns its id. Throws UserError dataset.gone
 */
export async function joinJob(
  { db }: ServiceContext,
  jobs: TrainingJobs,
  dataset: number,
  asked: Omit<JobData, 'server'>,
): Promise<string> {
  const server = await readServerOf(db, dataset)
  for (;;) {
    const found = await jobs.find(dataset)
    const waiting = found.find(({ state }) => state === 'waiting')
    if (waiting) return waiting.id
    const running = found.find(({ state }) => state === 'running')
    const mark = running && (await readMark(db, { ...running, dataset }))
    if (running && (mark === undefined || !(await haveExamplesChanged(db, dataset, mark)))) return running.id
    const priority = (asked.isAutomatic ? 0 : ASKED_FIRST) - (await jobs.countWaiting({ server }, MAX_COUNTED))
    const id = await jobs.add(dataset, { data: { ...asked, server }, priority })
    // Otherwise somebody else has added one meanwhile.
    if (id !== undefined) return id
  }
}
