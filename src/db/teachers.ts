import type { Database } from './connection.ts'

/** How many examples of a dataset that are learned from somebody added, and how many of those are suspects. */
export type TeacherCounts = { by: string; examples: number; suspects: number }

/** Who added what a dataset learns from, in the order of their first examples. */
export function countByTeacher(db: Database, dataset: number): Promise<TeacherCounts[]> {
  return db
    .selectFrom('labels')
    .innerJoin('examples', 'examples.label', 'labels.id')
    .leftJoin('suspicions', (join) =>
      join.onRef('suspicions.example', '=', 'examples.id').on('examples.vouched', '=', 0),
    )
    .select(['filed_by as by', (e) => e.fn.countAll<number>().as('examples')])
    .select((e) => e.fn.count<number>('suspicions.example').as('suspects'))
    .where('labels.dataset', '=', dataset)
    .where('examples.state', '=', 'kept')
    .groupBy('filed_by')
    .orderBy((e) => e.fn.min('examples.id'))
    .execute()
}
