import type { Database } from './connection.ts'
import { sql } from './kysely.ts'

/** `hashes`: SHA-256 of files as they came. `label`: the id of the label that must have them. */
type Asked = { hashes: readonly Buffer[]; label?: number | undefined }

/** Those of some files of which a dataset learns already. From indexes: no picture is read. */
export async function findKnownFiles(db: Database, dataset: number, { hashes, label }: Asked): Promise<Buffer[]> {
  if (hashes.length === 0) return []
  const under = label === undefined ? sql`` : sql`and label = ${label}`
  const { rows } = await sql<{ hash: Buffer }>`
    select distinct file_hash as hash from pictures
    where dataset = ${dataset} and file_hash in (${sql.join(hashes)})
      and exists (select 1 from examples where examples.picture = pictures.id and state = 'kept' ${under})`.execute(db)
  return rows.map((row) => row.hash)
}
