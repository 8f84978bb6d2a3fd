import { type Kysely, type Migration, sql } from './kysely.ts'

/** Versions know their labels by id, so that they answer with what those are called now. */
export const labelIds: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `alter table versions add column label_ids text`,
  // Labels that were renamed before have another name now: the next training knows them again.
  `update versions set label_ids = (select json_group_array(id) from (select
    (select labels.id from labels where labels.dataset = versions.dataset and labels.name = class.value) as id
    from json_each(versions.measurement, '$.labels') as class order by class.key)) where json_valid(measurement)`,
  `create table label_merges (label integer primary key, target integer not null references labels on delete cascade)`,
  `create index label_merges_target on label_merges (target)`,
]
