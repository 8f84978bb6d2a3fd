import { sep } from 'node:path'
import { UserError } from '../errors.ts'
import { chunks } from './chunks.ts'
import type { Database } from './connection.ts'
import { listKeptExamples } from './kept-examples.ts'
import { openCopies } from './objects/open-copies.ts'

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

/** Every example that is learned from with its stored copy (JPEG), in the order in which they were added; those that can be read. */
export async function* readExamples(db: Database, dataset: number): AsyncGenerator<ExportedExample> {
  const ids = await listKeptExamples(db, dataset)
  for (let start = 0; start < ids.length; start += PAGE) {
    const rows = await readPage(db, dataset, ids.slice(start, start + PAGE))
    const copies = await openCopies(db, rows)
    for (const [i, { filed_at, filed_by, object: _, ...row }] of rows.entries()) {
      const copy = copies[i]
      if (copy) yield { ...row, filedAt: filed_at, filedBy: filed_by, copy }
    }
  }
}

const readPage = (db: Database, dataset: number, ids: number[]) =>
  db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .innerJoin('pictures', 'pictures.id', 'examples.picture')
    .select(['examples.id', 'labels.name as label', 'file', 'filed_at', 'filed_by', 'copy', 'object'])
    .where('labels.dataset', '=', dataset)
    .where('examples.state', '=', 'kept')
    .where('examples.id', 'in', ids)
    .orderBy('examples.id')
    .execute()

/** Examples that one name stands for, at most. */
const MAX_FOUND = 10_000
/** `12`, `#12` or `12-20`. */
const NUMBERS = /^#?(\d{1,15})(?:-(\d{1,15}))?$/

/**
 * Examples by number, as in `12`, by range, as in `12-20`, or by the name of the file, whatever their state, unless their label was deleted. A path
 * from further up than was kept stands for the one example that it can mean.
 * @returns their ids, ascending; undefined where there is none
 * Throws UserError review.too-many beyond MAX_FOUND
 */
export async function findByName(db: Database, dataset: number, name: string): Promise<number[] | undefined> {
  const found = await findExactly(db, dataset, name)
  if (found || NUMBERS.test(name)) return found
  for (const end of endsOf(name)) {
    const [one, ...others] = (await findExactly(db, dataset, end)) ?? []
    if (one !== undefined) return others.length === 0 ? [one] : undefined
  }
  return undefined
}

/** `12` or `#12`. */
const ONE_NUMBER = /^#?(\d{1,15})$/

/** The same of many names, by name: of those that are one number with a statement for a batch of them. Throws UserError review.too-many */
export async function findByNames(
  db: Database,
  dataset: number,
  names: readonly string[],
): Promise<Map<string, number[] | undefined>> {
  const numbers = new Map(
    names.flatMap((name): [string, number][] => (ONE_NUMBER.test(name) ? [[name, numberOf(name)]] : [])),
  )
  const there = new Set<number>()
  for (const some of chunks([...new Set(numbers.values())]))
    for (const { id } of await examplesOf(db, dataset).where('examples.id', 'in', some).execute()) there.add(id)
  const found = new Map<string, number[] | undefined>()
  for (const name of new Set(names)) {
    const number = numbers.get(name)
    if (number === undefined) found.set(name, await findByName(db, dataset, name))
    else found.set(name, there.has(number) ? [number] : undefined)
  }
  return found
}

const numberOf = (name: string): number => Number(ONE_NUMBER.exec(name)?.[1])

/** What is kept of a path is its end (files/sources.ts): the longest first. */
function endsOf(path: string): string[] {
  const parts = path.replaceAll(sep, '/').split('/')
  return parts.map((_, i) => parts.slice(i + 1).join('/')).filter((end) => end !== '' && !NUMBERS.test(end))
}

const examplesOf = (db: Database, dataset: number) =>
  db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select('examples.id')
    .where('labels.dataset', '=', dataset)
    .where('state', '<>', 'deleted')
    .orderBy('examples.id')

async function findExactly(db: Database, dataset: number, name: string): Promise<number[] | undefined> {
  const [, from, to] = NUMBERS.exec(name) ?? []
  const all = examplesOf(db, dataset)
  const some =
    from === undefined
      ? all.where('file', '=', name)
      : all.where('examples.id', '>=', Number(from)).where('examples.id', '<=', Number(to ?? from))
  const rows = await some.limit(MAX_FOUND + 1).execute()
  if (rows.length > MAX_FOUND)
    throw new UserError(
      'review.too-many',
      `Expected at most ${MAX_FOUND.toLocaleString('en')} pictures at once, received more: ${name}`,
    )
  return rows.length > 0 ? rows.map((row) => row.id) : undefined
}

/** Under which labels a picture is, in the order in which it was added to them; whatever their state, unless the label was deleted. */
export const listExamplesOf = (db: Database, picture: number) =>
  db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['examples.id as example', 'labels.name as label', 'state'])
    .where('picture', '=', picture)
    .where('state', '<>', 'deleted')
    .orderBy('examples.id')
    .execute()
