import { compareBy } from '../label.ts'
import { type Kysely, type Migration, sql } from './kysely.ts'

/**
 * Migration 014: labels are compared without width and other compatible forms. Of those that are one by that, the first has
 * the new key; the others keep the old one, by which they are still found when they are spelt out (labels.ts): what is
 * merged, people decide. And news wait here for managers.
 */
export const compatibleNames: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of NEWS) await sql.raw(statement).execute(db)
    await compareAnew(db)
  },
}

const NEWS = [
  `create table news (id integer primary key autoincrement, server text not null,
    dataset integer not null references datasets on delete cascade, kind text not null, detail text not null,
    at text not null, told_at text)`,
  `create index news_server on news (server, told_at)`,
  `create index news_dataset on news (dataset, kind)`,
]

type LabelRow = { id: number; dataset: number; name: string; key: string }

/** Deleted ones have keys that nobody can type, and get another when they are brought back. */
async function compareAnew(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<LabelRow>`select id, dataset, name, key from labels where deleted_at is null
    order by id`.execute(db)
  const taken = new Set(rows.map(({ dataset, key }) => `${dataset} ${key}`))
  for (const { id, dataset, name, key } of rows) {
    const next = compareBy(name)
    if (next === key || taken.has(`${dataset} ${next}`)) continue
    taken.delete(`${dataset} ${key}`)
    taken.add(`${dataset} ${next}`)
    await sql`update labels set key = ${next} where id = ${id}`.execute(db)
  }
}
