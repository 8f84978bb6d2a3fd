import type { Database } from './connection.ts'
import { sql } from './kysely.ts'
import { countExamplesOf, type Person } from './people.ts'
import { readAt } from './version-retention.ts'

/**
 * Where a person left something: `datasets` that have examples of theirs, or versions that may have learned from some, and
 * `servers` that name them.
 */
export async function findPerson(db: Database, person: Person): Promise<{ datasets: number[]; servers: string[] }> {
  const withExamples = (await countExamplesOf(db, person)).map(({ dataset }) => dataset)
  const servers = person.server === undefined ? await findServers(db, person.by, withExamples) : [person.server]
  const datasets = new Set([...withExamples, ...(await readTaught(db, person))])
  for (const server of servers) for (const dataset of await readOlderThanLog(db, server)) datasets.add(dataset)
  return { datasets: [...datasets].sort((a, b) => a - b), servers }
}

async function findServers(db: Database, by: string, datasets: number[]): Promise<string[]> {
  const { rows } = await sql<{ server: string }>`
    select server from datasets where id in (${sql.join(datasets.length > 0 ? datasets : [null])})
      or exists (select 1 from reviews where reviews.dataset = datasets.id and reviews.by = ${by})
    union select server from audit where by = ${by}
    union select server from feedback join datasets on datasets.id = feedback.dataset where by = ${by}
    union select server from ignored where person = ${by}
    order by 1`.execute(db)
  return rows.map((row) => row.server)
}

/** Datasets that a person once added to, as the audit log has it, whatever became of those examples. */
async function readTaught(db: Database, { by, server }: Person): Promise<number[]> {
  const query = db
    .selectFrom('audit')
    .select('dataset')
    .distinct()
    .where('by', '=', by)
    .where('action', '=', 'filed')
    .where('dataset', 'is not', null)
  const rows = await (server === undefined ? query : query.where('server', '=', server)).execute()
  return rows.flatMap(({ dataset }) => dataset ?? [])
}

/** Datasets with versions from before the audit log of their server begins: it no longer tells who had added what. */
async function readOlderThanLog(db: Database, server: string): Promise<number[]> {
  const begin = sql<string>`coalesce((select at from audit where server = ${server} order by id limit 1), '~')`
  const rows = await db
    .selectFrom('versions')
    .innerJoin('datasets', 'datasets.id', 'versions.dataset')
    .select('dataset')
    .distinct()
    .where('server', '=', server)
    .where(readAt, '<', begin)
    .execute()
  return rows.map(({ dataset }) => dataset)
}
