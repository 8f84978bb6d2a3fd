import type { Database } from './connection.ts'
import { alongIndex } from './index-hints.ts'
import { listKeptExamples } from './kept-examples.ts'
import { type Selectable, sql } from './kysely.ts'
import type { Schema } from './schema.ts'

/** An example that is learned from. `hash`: perceptual. */
export type TrainingExample = {
  example: number
  picture: number
  label: string
  labelId: number
  file: string
  by: string
  hash: bigint
  vouched: boolean
  /** The copy's longer side in pixels, and the standard deviation of its grey, 0 to 128; null: not known. */
  side: number | null
  contrast: number | null
}

/** Rows read at once, some tens of milliseconds. */
const PAGE = 2000

/** Every example that is learned from, in the order in which they were added. */
export async function readTrainingExamples(db: Database, dataset: number): Promise<TrainingExample[]> {
  const examples: TrainingExample[] = []
  for await (const page of trainingExamplePages(db, dataset, await listKeptExamples(db, dataset)))
    for (const example of page) examples.push(example)
  return examples
}

/** Those of some ids that are learned from, a page at a time. @param ids ascending */
export async function* trainingExamplePages(
  db: Database,
  dataset: number,
  ids: readonly number[],
): AsyncGenerator<TrainingExample[]> {
  const texts = new Map<string, string>()
  for (let start = 0; start < ids.length; start += PAGE) {
    const rows = await readRows(db, dataset, ids.slice(start, start + PAGE))
    yield rows.map((row) => ({
      example: row.id,
      picture: row.picture,
      label: shareText(texts, row.name),
      labelId: row.labelId,
      file: row.file,
      by: shareText(texts, row.filed_by),
      hash: BigInt(`0x${row.perceptual_hash}`),
      vouched: row.vouched === 1,
      side: row.width && row.height && Math.max(row.width, row.height),
      contrast: row.contrast,
    }))
  }
}

/** One string in memory for all that say the same. */
function shareText(texts: Map<string, string>, text: string): string {
  const before = texts.get(text)
  if (before === undefined) texts.set(text, text)
  return before ?? text
}

/** What is read of a picture is in this index: the row itself begins with its copy, which is large. */
const TRAITS = { table: 'pictures', index: 'pictures_traits' }

const readRows = (db: Database, dataset: number, ids: readonly number[]) =>
  db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .innerJoin(sql<Selectable<Schema['pictures']>>`pictures`.as<'pictures'>(alongIndex(db, TRAITS)), (join) =>
      join.onRef('pictures.id', '=', 'examples.picture').on('pictures.dataset', '=', dataset),
    )
    .select(['examples.id', 'file', 'filed_by', 'vouched'])
    .select(['labels.name', 'labels.id as labelId'])
    .select(['pictures.id as picture', 'perceptual_hash', 'width', 'height', 'contrast'])
    .where('labels.dataset', '=', dataset)
    .where('examples.state', '=', 'kept')
    .where('examples.id', 'in', ids)
    .orderBy('examples.id')
    .execute()
