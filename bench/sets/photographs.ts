import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listPhotographs, listSets, type PictureSet } from './sets.ts'

/** Photographs of ten look-alike cartons, a folder for each: GroceryStoreDataset (Klasson et al. 2019), which no package holds. */
export const cartons =
  process.env.MEKIKI_TEST_PICTURES ?? fileURLToPath(new URL('../../../shared/pictures/cartons', import.meta.url))
/** Labels of a set, and pictures of each label, that are used: two networks see eight views of every picture. */
const MOST_LABELS = 12
const MOST_PICTURES = 36
/** Emoji have too few pictures of a label. */
const LEAST_PICTURES = 25

/** Photographs of cartons and of clothes, then drawings. Without the cartons it says so and goes on. */
export async function listPhotographsAndDrawings(): Promise<PictureSet[]> {
  const drawn = (await listSets('test')).filter(({ classes }) =>
    classes.every((files) => files.length >= LEAST_PICTURES),
  )
  if (!existsSync(cartons))
    process.stderr.write(`no photographs in ${cartons}: set MEKIKI_TEST_PICTURES to their folder\n`)
  const photographs = existsSync(cartons) ? [listCartons()] : []
  const clothes = await listPhotographs()
  return [...photographs, { ...clothes, name: 'clothes' }, ...drawn.toReversed()].map((set) => ({
    ...set,
    classes: set.classes.slice(0, MOST_LABELS).map((files) => files.slice(0, MOST_PICTURES)),
  }))
}

function listCartons(): PictureSet {
  const list = (folder: string): string[] =>
    readdirSync(folder)
      .sort()
      .map((name) => join(folder, name))
  return { name: 'cartons', part: 'test', classes: list(cartons).map(list) }
}
