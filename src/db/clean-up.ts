import type { Selectable, Transaction } from 'kysely'
import { errorCode } from '../errors.ts'
import { recordChange } from './audit.ts'
import { BATCH } from './chunks.ts'
import type { Database } from './connection.ts'
import { type Kysely, sql } from './kysely.ts'
import { deleteEmptyLabels, deleteUnusedPictures } from './labels.ts'
import type { Action, Schema } from './schema.ts'
import type { Limits } from './server-limits.ts'
import { changeDataset } from './transactions.ts'
import { settleReview, undoReview } from './undo-review.ts'

/** What somebody did in a dataset from a moment on, ISO 8601. */
export type Doings = { person: string; since: string }

/** Decisions that are taken back in one transaction: each takes several statements. */
const DECISIONS_AT_ONCE = 50

/** Whether somebody else has decided about the example of a row since. */
const decidedByOthers = (person: string) =>
  sql<boolean>`exists (select 1 from reviews where reviews.example = examples.id and reviews.state = 'done' and reviews.by <> ${person})`

const inDataset = (t: Kysely<Schema>, dataset: number) =>
  t.selectFrom('labels').select('labels.id').where('dataset', '=', dataset)

const additionsOf = (t: Kysely<Schema>, dataset: number, { person, since }: Doings) =>
  t
    .selectFrom('examples')
    .where('filed_by', '=', person)
    .where('filed_at', '>=', since)
    .where('label', 'in', inDataset(t, dataset))

/** Pictures that a person added, and those of them that stay, since somebody else decided about them. */
export async function countAdditions(
  db: Database,
  dataset: number,
  doings: Doings,
): Promise<{ added: number; left: number }> {
  const decided = decidedByOthers(doings.person)
  return additionsOf(db, dataset, doings)
    .select(sql<number>`count(*) filter (where not ${decided})`.as('added'))
    .select(sql<number>`count(*) filter (where ${decided})`.as('left'))
    .executeTakeFirstOrThrow()
}

/** The first of the pictures that a person added, or that stay, by id. */
export async function listAdditions(
  db: Database,
  dataset: number,
  { left, limit, ...doings }: Doings & { left: boolean; limit: number },
): Promise<{ example: number; label: string; file: string }[]> {
  return additionsOf(db, dataset, doings)
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['examples.id as example', 'labels.name as label', 'file'])
    .where((e) => (left ? decidedByOthers(doings.person) : e.not(decidedByOthers(doings.person))))
    .orderBy('examples.id')
    .limit(limit)
    .execute()
}

/** Deletes pictures that a person added, some of them. @returns how many; 0: none are left that may be deleted */
export function deleteSomeAdditions(
  db: Database,
  dataset: number,
  { by, ...doings }: Doings & { by: string },
): Promise<number> {
  return changeDataset(db, dataset, async (t) => {
    const some = additionsOf(t, dataset, doings)
      .select('examples.id')
      .where((e) => e.not(decidedByOthers(doings.person)))
      .limit(BATCH)
    const rows = await t.deleteFrom('examples').where('id', 'in', some).returning(['id', 'picture']).execute()
    if (rows.length === 0) return 0
    await deleteUnusedPictures(
      t,
      dataset,
      rows.map((row) => row.picture),
    )
    await deleteEmptyLabels(t, dataset)
    const detail = { examples: rows.map((row) => row.id), cleanUp: true }
    await recordChange(t, { dataset, by, action: 'unfiled', detail })
    return rows.length
  })
}

/** Decisions of a person that stand or wait, but those about what they added: that goes. */
const decisionsOf = (t: Kysely<Schema>, dataset: number, { person, since }: Doings) =>
  t
    .selectFrom('reviews')
    .where('reviews.dataset', '=', dataset)
    .where('reviews.by', '=', person)
    .where('at', '>=', since)
    .where('reviews.state', 'in', ['waiting', 'done'])
    .where(
      sql<boolean>`exists (select 1 from examples where examples.id = reviews.example and examples.state <> 'deleted'
        and (filed_by <> ${person} or filed_at < ${since} or ${decidedByOthers(person)}))`,
    )

/** Decisions of a person, and those that stand, since somebody else decided about the picture later. */
export async function countDecisions(
  db: Database,
  dataset: number,
  doings: Doings,
): Promise<{ decided: number; left: number }> {
  const overruled = sql`exists (select 1 from reviews as newer where newer.example = reviews.example
    and newer.state = 'done' and newer.by <> ${doings.person} and newer.id > reviews.id)`
  return decisionsOf(db, dataset, doings)
    .select(sql<number>`count(*) filter (where not ${overruled})`.as('decided'))
    .select(sql<number>`count(*) filter (where ${overruled})`.as('left'))
    .executeTakeFirstOrThrow()
}

/** `undone`, `left`: ids of examples. */
type UndoneSome = { undone: number[]; left: number[] }

/**
 * Takes back the latest decisions of a person, some of them. Call it until there are none. Those stay that would bring back a
 * label for which there is no room. @param limits of a server for which nothing was set
 */
export function undoSomeDecisions(
  db: Database,
  dataset: number,
  { by, limits, ...doings }: Doings & { by: string; limits?: Limits },
): Promise<UndoneSome> {
  return changeDataset(db, dataset, async (t) => {
    const reviews: Selectable<Schema['reviews']>[] = await decisionsOf(t, dataset, doings)
      .selectAll('reviews')
      .orderBy('reviews.id', 'desc')
      .limit(DECISIONS_AT_ONCE)
      .execute()
    const outcome: UndoneSome = { undone: [], left: [] }
    for (const review of reviews) {
      const isUndone = await undoReview(t, dataset, { review, by, limits }).catch(async (error) => {
        if (errorCode(error) !== 'limit.labels') throw error
        await settleReview(t, review.id, 'superseded')
        return false
      })
      outcome[isUndone ? 'undone' : 'left'].push(review.example)
    }
    return outcome
  })
}

/** Deletes what a person said about answers. @returns how many there were */
export async function deleteFeedbackOf(
  t: Transaction<Schema>,
  dataset: number,
  { person, since }: Doings,
): Promise<number> {
  const { numDeletedRows } = await t
    .deleteFrom('feedback')
    .where('dataset', '=', dataset)
    .where('by', '=', person)
    .where('at', '>=', since)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

export async function countFeedbackOf(db: Database, dataset: number, { person, since }: Doings): Promise<number> {
  const query = db
    .selectFrom('feedback')
    .select((e) => e.fn.countAll<number>().as('answers'))
    .where('dataset', '=', dataset)
    .where('by', '=', person)
    .where('at', '>=', since)
  return (await query.executeTakeFirstOrThrow()).answers
}

export type DoneTo = { id: number; at: string; action: Action; detail: Record<string, unknown> }

/** Changes of some kinds that a person made, the last one first. */
export async function listDoings(
  db: Database,
  dataset: number,
  { person, since, actions }: Doings & { actions: Action[] },
): Promise<DoneTo[]> {
  const rows = await db
    .selectFrom('audit')
    .select(['id', 'at', 'action', 'detail'])
    .where('by', '=', person)
    .where('dataset', '=', dataset)
    .where('at', '>=', since)
    .where('action', 'in', actions)
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) }))
}

/** Changes of a person in a server that nothing takes back, by kind, and how many pictures they removed. */
export async function countLost(
  db: Database,
  server: string,
  { person, since, actions }: Doings & { actions: Action[] },
): Promise<{ action: Action; changes: number }[]> {
  return db
    .selectFrom('audit')
    .select('action')
    .select(
      sql<number>`sum(case when action = 'unfiled' and json_type(detail, '$.examples') = 'array'
        then json_array_length(detail, '$.examples') else 1 end)`.as('changes'),
    )
    .where('server', '=', server)
    .where('by', '=', person)
    .where('at', '>=', since)
    .where('action', 'in', actions)
    .groupBy('action')
    .orderBy('action')
    .execute()
}

/** The last change that a person made in a server: another one, and a confirmation is out of date. */
export async function readLastDoing(db: Database, server: string, person: string): Promise<number> {
  const row = await db
    .selectFrom('audit')
    .select((e) => e.fn.max('id').as('id'))
    .where('server', '=', server)
    .where('by', '=', person)
    .executeTakeFirst()
  return row?.id ?? 0
}

/** Withdrawals of a teacher's pictures, or their end, the last one first. */
export async function listWithdrawals(db: Database, dataset: number, teacher: string) {
  return db
    .selectFrom('audit')
    .select(['id', 'at', 'by', 'action'])
    .where('dataset', '=', dataset)
    .where('action', 'in', ['excluded', 'restored'])
    .where(sql`json_extract(detail, '$.teacher')`, '=', teacher)
    .orderBy('id', 'desc')
    .execute()
}
