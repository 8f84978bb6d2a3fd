import type { Database } from './connection.ts'

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

/** Rows read at once: what the database gives is copied, and need not be there as a whole. */
const PAGE = 5000

/** Every example that is learned from, in the order in which they were added. */
export async function readTrainingExamples(db: Database, dataset: number): Promise<TrainingExample[]> {
  const examples: TrainingExample[] = []
  const texts = new Map<string, string>()
  for (;;) {
    const page = await readPage(db, dataset, examples.at(-1)?.example ?? 0)
    for (const example of page)
      examples.push({ ...example, label: shareText(texts, example.label), by: shareText(texts, example.by) })
    if (page.length < PAGE) return examples
  }
}

/** One string in memory for all that say the same. */
function shareText(texts: Map<string, string>, text: string): string {
  const before = texts.get(text)
  if (before === undefined) texts.set(text, text)
  return before ?? text
}

async function readPage(db: Database, dataset: number, after: number): Promise<TrainingExample[]> {
  const rows = await db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .innerJoin('pictures', 'pictures.id', 'examples.picture')
    .select([
      'examples.id',
      'file',
      'filed_by',
      'vouched',
      'labels.name',
      'labels.id as labelId',
      'pictures.id as picture',
    ])
    .select(['perceptual_hash', 'width', 'height', 'contrast'])
    .where('labels.dataset', '=', dataset)
    .where('examples.state', '=', 'kept')
    .where('examples.id', '>', after)
    .orderBy('examples.id')
    .limit(PAGE)
    .execute()
  return rows.map((row) => ({
    example: row.id,
    picture: row.picture,
    label: row.name,
    labelId: row.labelId,
    file: row.file,
    by: row.filed_by,
    hash: BigInt(`0x${row.perceptual_hash}`),
    vouched: row.vouched === 1,
    side: row.width && row.height && Math.max(row.width, row.height),
    contrast: row.contrast,
  }))
}
