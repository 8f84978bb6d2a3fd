import type { Database } from './connection.ts'
import { encryptionOf } from './encryption.ts'

type ExportedExample = {
  id: number
  label: string
  file: string
  filedAt: string
  filedBy: string
  copy: Uint8Array
}

/** Examples with their copies that are in memory at once. */
const PAGE = 50

/** Every example that is learned from with its stored copy (JPEG), in the order in which they were added. */
export async function* readExamples(db: Database, dataset: number): AsyncGenerator<ExportedExample> {
  const { decrypt } = encryptionOf(db)
  let rows: Awaited<ReturnType<typeof readPage>> = []
  let last = 0
  do {
    rows = await readPage(db, dataset, last)
    for (const { id, label, file, filed_at, filed_by, copy } of rows) {
      yield { id, label, file, filedAt: filed_at, filedBy: filed_by, copy: decrypt(copy) }
      last = id
    }
  } while (rows.length === PAGE)
}

const readPage = (db: Database, dataset: number, after: number) =>
  db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .innerJoin('pictures', 'pictures.id', 'examples.picture')
    .select(['examples.id', 'labels.name as label', 'file', 'filed_at', 'filed_by', 'copy'])
    .where('labels.dataset', '=', dataset)
    .where('examples.state', '=', 'kept')
    .where('examples.id', '>', after)
    .orderBy('examples.id')
    .limit(PAGE)
    .execute()

/** Examples that one name stands for, at most. */
const MAX_FOUND = 10_000
/** `12`, `#12` or `12-20`. */
const NUMBERS = /^#?(\d{1,15})(?:-(\d{1,15}))?$/

/**
 * Examples by number, as in `12`, by range, as in `12-20`, or by the name of the file as it was given; whatever their
 * state. @returns their ids, ascending, at most MAX_FOUND; undefined where there is none
 */
export async function findByName(db: Database, dataset: number, name: string): Promise<number[] | undefined> {
  const [, from, to] = NUMBERS.exec(name) ?? []
  const all = db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select('examples.id')
    .where('labels.dataset', '=', dataset)
    .orderBy('examples.id')
  const some =
    from === undefined
      ? all.where('file', '=', name)
      : all.where('examples.id', '>=', Number(from)).where('examples.id', '<=', Number(to ?? from))
  const rows = await some.limit(MAX_FOUND).execute()
  return rows.length > 0 ? rows.map((row) => row.id) : undefined
}

/** Which labels learn from a picture, in the order in which it was added to them. */
export const listExamplesOf = (db: Database, picture: number): Promise<{ example: number; label: string }[]> =>
  db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['examples.id as example', 'labels.name as label'])
    .where('picture', '=', picture)
    .where('state', '=', 'kept')
    .orderBy('examples.id')
    .execute()
