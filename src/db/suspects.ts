import type { Transaction } from 'kysely'
import { z } from 'zod'
import type { Database } from './connection.ts'
import type { Schema } from './schema.ts'

/** Why a picture is suspect. `also-under`: nearly the same one is filed under another label too. */
export const Reason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('looks-like'), label: z.string() }),
  z.object({ kind: z.literal('unlike') }),
  z.object({ kind: z.literal('also-under'), label: z.string(), example: z.int() }),
  z.object({ kind: z.literal('blank') }),
  z.object({ kind: z.literal('small') }),
])
export type Reason = z.infer<typeof Reason>

/** `score` from 0 to 1; `suggested`: the label that fits better, null: none does. */
export type LabelIssue = {
  example: number
  score: number
  suggested: string | null
  reasons: Reason[]
  leftOut: boolean
}

/** How much of what a teacher filed is suspect; `others`: of what everybody else filed. Shares from 0 to 1. */
const Teacher = z.object({ teacher: z.string(), examples: z.int(), suspected: z.number(), others: z.number() })
/** What a training found in a dataset. */
export const IssueSummary = z.object({
  flagged: z.int(),
  leftOut: z.int(),
  /** Copies under one label; pictures that are nearly the same under two. */
  copies: z.int(),
  conflicts: z.int(),
  /** Whose pictures contradict everybody else's, most first. */
  teachers: z.array(Teacher),
})
export type IssueSummary = z.infer<typeof IssueSummary>
export type IssueSurvey = {
  suspicions: LabelIssue[]
  scores: { example: number; score: number }[]
  summary: IssueSummary
}

/** Takes the place of what the training before found. Examples that went meanwhile are left out. */
export async function writeIssues(
  t: Transaction<Schema>,
  dataset: number,
  { suspicions, scores, summary }: IssueSurvey,
) {
  const bytes = Buffer.alloc(8 * scores.length)
  scores.forEach(({ example, score }, i) => {
    bytes.writeUInt32LE(example, 8 * i)
    bytes.writeFloatLE(score, 8 * i + 4)
  })
  const values = { scores: bytes, summary: JSON.stringify(summary) }
  await t
    .insertInto('surveys')
    .values({ dataset, ...values })
    .onConflict((c) => c.column('dataset').doUpdateSet(values))
    .execute()
  const labels = t.selectFrom('labels').select('id').where('dataset', '=', dataset)
  const own = t.selectFrom('examples').select('id').where('label', 'in', labels)
  await t.deleteFrom('suspicions').where('example', 'in', own).execute()
  const there = new Set((await own.execute()).map((e) => e.id))
  const rows = suspicions.flatMap(({ example, score, suggested, reasons, leftOut }) =>
    there.has(example)
      ? [{ example, score, suggested, reasons: JSON.stringify(reasons), left_out: Number(leftOut) }]
      : [],
  )
  for (let start = 0; start < rows.length; start += PAGE)
    await t
      .insertInto('suspicions')
      .values(rows.slice(start, start + PAGE))
      .execute()
}

const PAGE = 500

export async function readIssueSummary(db: Database, dataset: number): Promise<IssueSummary | undefined> {
  const row = await db.selectFrom('surveys').select('summary').where('dataset', '=', dataset).executeTakeFirst()
  return row && IssueSummary.parse(JSON.parse(row.summary))
}

export type Suspect = LabelIssue & { label: string; file: string; by: string }

const suspected = (db: Database, dataset: number) =>
  db
    .selectFrom('suspicions')
    .innerJoin('examples', 'examples.id', 'suspicions.example')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['example', 'score', 'suggested', 'reasons', 'left_out', 'labels.name as label', 'file', 'filed_by'])
    .where('labels.dataset', '=', dataset)
    .where('examples.state', '=', 'kept')
    .where('vouched', '=', 0)

type Row = Awaited<ReturnType<ReturnType<typeof suspected>['execute']>>[number]
const toSuspect = ({ reasons, left_out, filed_by, ...row }: Row): Suspect => ({
  ...row,
  by: filed_by,
  leftOut: left_out === 1,
  reasons: Reason.array().parse(JSON.parse(reasons)),
})

/** What is to be looked at, most suspect first: what a reviewer vouched for is not. */
export const listSuspects = async (db: Database, dataset: number): Promise<Suspect[]> =>
  (await suspected(db, dataset).orderBy('score', 'desc').orderBy('example').execute()).map(toSuspect)

/** The first pictures of a label that are not to be looked at. */
export const listTypical = (db: Database, dataset: number, label: string, most: number) =>
  db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .leftJoin('suspicions', 'suspicions.example', 'examples.id')
    .select(['examples.id as example', 'labels.name as label'])
    .where('labels.dataset', '=', dataset)
    .where('labels.name', '=', label)
    .where('examples.state', '=', 'kept')
    .where((e) => e.or([e('suspicions.example', 'is', null), e('vouched', '=', 1)]))
    .orderBy('examples.id')
    .limit(most)
    .execute()

/** Every example with its score, most suspect first; what no training has seen has none. */
export async function listSuspicionScores(db: Database, dataset: number) {
  const row = await db.selectFrom('surveys').select('scores').where('dataset', '=', dataset).executeTakeFirst()
  const scores = new Map<number, number>()
  for (let at = 0; at < (row?.scores.length ?? 0); at += 8)
    scores.set(row!.scores.readUInt32LE(at), row!.scores.readFloatLE(at + 4))
  const known = new Map((await listSuspects(db, dataset)).map((s) => [s.example, s]))
  const rows = await db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['examples.id as example', 'labels.name as label', 'file'])
    .where('labels.dataset', '=', dataset)
    .where('examples.state', '=', 'kept')
    .execute()
  return rows
    .map((r) => ({ ...r, score: scores.get(r.example) ?? null, suspect: known.get(r.example) }))
    .sort((a, b) => (b.suspect?.score ?? b.score ?? -1) - (a.suspect?.score ?? a.score ?? -1) || a.example - b.example)
}
