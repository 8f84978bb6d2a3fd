import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'

/** What an export keeps, as rows that name labels and examples by what they are and not by their ids. */
const QUERIES = {
  examples: `select labels.name as label, labels.key, hex(pixel_hash) as pixels, hex(file_hash) as file_hash,
      perceptual_hash, hex(copy) as copy, width, height, contrast, file, filed_at, filed_by, posted_by, state, vouched,
      age_restricted
    from examples join labels on labels.id = examples.label join pictures on pictures.id = examples.picture
    order by examples.id`,
  reviews: `select by, decision, reviews.label, at, reviews.state, batch, before, hex(pixel_hash) as pixels,
      labels.name as example_label
    from reviews join examples on examples.id = reviews.example join labels on labels.id = examples.label
    join pictures on pictures.id = examples.picture order by reviews.id`,
  labels: 'select id, name from labels order by name',
}

/** The rows of a home's database. @param options `withAudit`: every change that was made, too */
export function readRows(home: string, { withAudit = false } = {}) {
  const file = readdirSync(home).find((name) => name.endsWith('.sqlite')) ?? ''
  if (!existsSync(join(home, file))) throw new Error(`Expected a database in ${home}`)
  const database = new SQLite(join(home, file), { readonly: true })
  const all = (sql: string) => database.prepare<[], Record<string, unknown>>(sql).all()
  const names = new Map(all(QUERIES.labels).map(({ id, name }) => [id, name]))
  const reviews = all(QUERIES.reviews).map((row) => ({ ...row, before: nameLabels(String(row.before), names) }))
  const rows = {
    labels: [...names.values()],
    examples: all(QUERIES.examples),
    reviews,
    ...(withAudit && { audit: all('select * from audit order by id') }),
  }
  database.close()
  return rows
}

/** Ids of labels are others in another database, and one of a label that is gone says nothing. */
const nameLabels = (before: string, names: Map<unknown, unknown>): string =>
  before.replace(/"labelId":(\d+),?/g, (_, id) => {
    const name = names.get(Number(id))
    return name === undefined ? '' : `"labelId":${JSON.stringify(name)},`
  })
