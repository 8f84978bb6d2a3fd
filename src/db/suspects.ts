import type { Database } from './connection.ts'
import { type LabelIssue, Reason } from './label-issues.ts'

export type Suspect = LabelIssue & { label: string; file: string; by: string }

/** The suspects of a dataset, most suspect first: examples that are learned from and that no reviewer kept. */
export async function listSuspects(db: Database, dataset: number): Promise<Suspect[]> {
  const rows = await db
    .selectFrom('suspicions')
    .innerJoin('examples', 'examples.id', 'suspicions.example')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['example', 'score', 'suggested', 'reasons', 'left_out', 'labels.name as label', 'file', 'filed_by'])
    .where('labels.dataset', '=', dataset)
    .where('examples.state', '=', 'kept')
    .where('vouched', '=', 0)
    .orderBy('score', 'desc')
    .orderBy('example')
    .execute()
  return rows.map(({ reasons, left_out, filed_by, ...row }) => ({
    ...row,
    by: filed_by,
    leftOut: left_out === 1,
    reasons: Reason.array().parse(JSON.parse(reasons)),
  }))
}

type TypicalQuery = { label: string; limit: number }

/** The first examples of a label that are no suspects. */
export const listTypical = (db: Database, dataset: number, { label, limit }: TypicalQuery) =>
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
    .limit(limit)
    .execute()
