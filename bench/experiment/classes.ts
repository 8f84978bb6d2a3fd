import { mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { draw, TAUGHT } from '../../demo/characters.ts'
import { seededRandom } from '../../models/random.ts'
import { listSets } from '../sets/sets.ts'
import { shuffle } from '../shuffle.ts'

/** One picture in so many of each label is held out. */
const HELD_OUT = 5
const UNITS = 10
const PICTURES_PER_CHARACTER = 28

type Class = { label: string; files: string[] }
/** Files of pictures with the class and a hash of each. */
export type LabelledFiles = { files: string[]; y: number[]; hashes: bigint[] }

/** @param source a folder with one folder per label; `sprites`: ten units of a game; undefined: the demo's characters, drawn into `out` */
export async function readClasses(
  source: string | undefined,
  out: string,
): Promise<{ name: string; classes: Class[] }> {
  if (source === undefined) return { name: 'characters', classes: await drawCharacters(join(out, 'characters')) }
  if (source === 'sprites') {
    const { classes } = (await listSets('test')).find((set) => set.name === 'sprites')!
    return { name: source, classes: classes.slice(0, UNITS).map((files, i) => ({ label: `unit ${i + 1}`, files })) }
  }
  const folders = readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const filesIn = (folder: string): string[] => readdirSync(folder).map((file) => join(folder, file))
  const classes = folders.map(({ name }) => ({ label: name, files: filesIn(join(source, name)).sort() }))
  return { name: basename(source), classes }
}

async function drawCharacters(folder: string): Promise<Class[]> {
  const classes: Class[] = []
  for (const label of TAUGHT) {
    mkdirSync(join(folder, label), { recursive: true })
    const files: string[] = []
    for (let i = 0; i < PICTURES_PER_CHARACTER; i++) files.push(await draw(join(folder, label), label, i))
    classes.push({ label, files })
  }
  return classes
}

/** The same split for all four: every fifth picture of each label, in random order, is held out. */
export function splitClasses(classes: Class[]): { training: LabelledFiles; heldOut: LabelledFiles } {
  const random = seededRandom(1)
  const training: LabelledFiles = { files: [], y: [], hashes: [] }
  const heldOut: LabelledFiles = { files: [], y: [], hashes: [] }
  for (const [y, { files }] of classes.entries())
    for (const [i, file] of shuffle(files, random).entries()) {
      const part = i % HELD_OUT === 0 ? heldOut : training
      part.files.push(file)
      part.y.push(y)
      part.hashes.push(distantHash(part.files.length))
    }
  return { training, heldOut }
}

/** Hashes that are far apart (multiples of 2^64 by the golden ratio), so that no two pictures count as copies. */
const distantHash = (i: number): bigint => (BigInt(i) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn
