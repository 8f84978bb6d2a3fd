import type { Database } from './connection.ts'
import { type LabelIssue, Reason } from './label-issues.ts'

export type Suspect = LabelIssue & { label: string; file: string; by: string }

/** Suspects read at once: their reasons are parsed, and others have their turn between two pages. */
const PAGE = 500

/** The suspects of a dataset, most suspect first: examples that are learned from and that no reviewer kept. */
export async function* suspectPages(db: Database, dataset: number): AsyncGenerator<Suspect[]> {
  for (let after: Suspect | undefined; ; ) {
    const page = await readSuspects(db, dataset, { after, limit: PAGE })
    yield page
    if (page.length < PAGE) return
    after = page.at(-1)
  }
}

/** All of `suspectPages`. */
export const listSuspects = async (db: Database, dataset: number): Promise<Suspect[]> =>
  (await Array.fromAsync(suspectPages(db, dataset))).flat()

/**
 * `after`: the one that the page follows. `undecidedBy`: only those that do not wait after a decision of this reviewer.
 * `offset`: how many come before the page, where it follows no known one. `suggested`: only those that this label fits better, or, where it is null, none does.
 * `among`: only some. `seesAll`: false: without those that were added in age-restricted channels.
 */
type SuspectQuery = {
  after?: { score: number; example: number } | undefined
  limit: number
  offset?: number | undefined
  undecidedBy?: string
  suggested?: string | null | undefined
  among?: readonly number[]
  seesAll?: boolean
}

/** Some suspects of a dataset, in the order of `suspectPages`. */
export async function readSuspects(
  db: Database,
  dataset: number,
  { after, limit, offset = 0, undecidedBy, suggested, among, seesAll = true }: SuspectQuery,
): Promise<Suspect[]> {
  let query = suspectsOf(db, dataset, undecidedBy)
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['example', 'score', 'suggested', 'reasons', 'left_out', 'labels.name as label', 'file', 'filed_by'])
    .orderBy('score', 'desc')
    .orderBy('example')
    .limit(limit)
  // The first condition says where to begin in the index; the second one leaves out what is as suspect and came before.
  if (after)
    query = query
      .where('score', '<=', after.score)
      .where((e) => e.or([e('score', '<', after.score), e('example', '>', after.example)]))
  if (offset > 0) query = query.offset(offset)
  if (suggested !== undefined) query = query.where('suggested', suggested === null ? 'is' : '=', suggested)
  if (among) query = query.where('example', 'in', [...among])
  if (!seesAll) query = query.where('age_restricted', '=', 0)
  const rows = await query.execute()
  return rows.map(({ reasons, left_out, filed_by, ...row }) => ({
    ...row,
    by: filed_by,
    leftOut: left_out === 1,
    reasons: Reason.array().parse(JSON.parse(reasons)),
  }))
}

/** How many suspects a dataset has. @param undecidedBy only those that do not wait after a decision of this reviewer */
export async function countSuspects(db: Database, dataset: number, undecidedBy?: string): Promise<number> {
  const query = suspectsOf(db, dataset, undecidedBy).select((e) => e.fn.countAll<number>().as('suspects'))
  return (await query.executeTakeFirstOrThrow()).suspects
}

/** Those of some examples that are suspects. */
export async function filterSuspects(db: Database, dataset: number, examples: number[]): Promise<Set<number>> {
  const rows = await suspectsOf(db, dataset).select('example').where('example', 'in', examples).execute()
  return new Set(rows.map((row) => row.example))
}

/** How many suspects there are by label; labels without any are missing. */
export async function countSuspectsByLabel(db: Database, dataset: number): Promise<Map<string, number>> {
  const rows = await suspectsOf(db, dataset)
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['labels.name as label', (e) => e.fn.countAll<number>().as('suspects')])
    .groupBy('labels.id')
    .execute()
  return new Map(rows.map((row) => [row.label, row.suspects]))
}

function suspectsOf(db: Database, dataset: number, undecidedBy?: string) {
  const query = db
    .selectFrom('suspicions')
    .innerJoin('examples', 'examples.id', 'suspicions.example')
    .where('suspicions.dataset', '=', dataset)
    .where('examples.state', '=', 'kept')
    .where('vouched', '=', 0)
  if (undecidedBy === undefined) return query
  return query.where(({ not, exists, selectFrom }) =>
    not(
      exists(
        selectFrom('reviews')
          .select('reviews.id')
          .whereRef('reviews.example', '=', 'examples.id')
          .where('reviews.state', '=', 'waiting')
          .where('reviews.by', '=', undecidedBy),
      ),
    ),
  )
}

/** `isShownToAll`: none that was added in an age-restricted channel. */
type TypicalQuery = { label: string; limit: number; isShownToAll?: boolean }

/** The first examples of a label that are no suspects. */
export function listTypical(db: Database, dataset: number, { label, limit, isShownToAll = false }: TypicalQuery) {
  const query = db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .leftJoin('suspicions', 'suspicions.example', 'examples.id')
    .select(['examples.id as example', 'labels.name as label', 'file'])
    .where('labels.dataset', '=', dataset)
    .where('labels.name', '=', label)
    .where('examples.state', '=', 'kept')
    .where((e) => e.or([e('suspicions.example', 'is', null), e('vouched', '=', 1)]))
    .orderBy('examples.id')
    .limit(limit)
  return (isShownToAll ? query.where('age_restricted', '=', 0) : query).execute()
}
