// Kinds of pictures, in two halves that share no label: choices are made on `dev`, figures reported on `test`.
import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { seededRandom } from '../../models/random.ts'
import { drawCharacters } from './characters.ts'
import { clothes } from './clothes.ts'
import { debian, npm } from './fetch.ts'

export type Part = 'dev' | 'test'
/** `classes`: the files of each label. `unseen`: every picture of a label comes from a source of its own. */
export type PictureSet = { name: string; part: Part; classes: string[][] }

/** Pictures that a label must have, and the most that are taken of it. */
const [LEAST, MOST] = [30, 90]

/** Draws what must be drawn, so it must run before the first picture is decoded in this process. */
export async function listSets(part: Part): Promise<PictureSet[]> {
  return [
    { name: 'characters', part, classes: await drawCharacters(part === 'dev' ? 'adventurer' : 'micah') },
    { name: 'sprites', part, classes: half(sprites(), part, 24) },
    { name: 'emoji', part, classes: half(emoji(), part, 100) },
    { name: 'clip art', part, classes: half(clipArt(), part, 12) },
  ]
}

/** Units of a game: frames of walking, fighting, falling. */
function sprites(): string[][] {
  const root = join(debian('wesnoth-1.16-data'), 'usr/share/games/wesnoth/1.16/data/core/images/units')
  return grouped(pngs(root), (f) => join(dirname(f), basename(f).split(/[-+.]/)[0]!))
}

/** Photographs of clothes, too few kinds to make choices on. */
export const listPhotographs = async (): Promise<PictureSet> => ({
  name: 'photographs',
  part: 'test',
  classes: await clothes(MOST),
})

/** One emoji as four vendors draw it. */
function emoji(): string[][] {
  const folders = ['apple', 'google', 'twitter', 'facebook'].map((vendor) =>
    join(npm(`emoji-datasource-${vendor}@16.0.0`), `package/img/${vendor}/64`),
  )
  const lists = folders.map((folder) => new Set(readdirSync(folder)))
  const common = [...lists[0]!].filter((f) => !/1f3f[b-f]|-200d-/.test(f) && lists.every((l) => l.has(f))).sort()
  return common.map((file) => folders.map((folder) => join(folder, file)))
}

/** Themes of drawings of many hands. */
function clipArt(): string[][] {
  const files = pngs(join(debian('openclipart-png'), 'usr/share/openclipart/png'))
  // A few are larger than the program takes.
  return grouped(
    files.filter((f) => pixelsOf(f) < 20e6),
    dirname,
  )
}

/** From the header. */
function pixelsOf(png: string): number {
  const head = Buffer.alloc(24)
  const file = openSync(png, 'r')
  readSync(file, head, 0, 24, 0)
  closeSync(file)
  return head.readUInt32BE(16) * head.readUInt32BE(20)
}

const pngs = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((f) => f.endsWith('.png'))
    .sort()
    .map((f) => join(root, f))

function grouped(files: string[], key: (file: string) => string): string[][] {
  const groups = Map.groupBy(files, key)
  return [...groups.values()].filter((g) => g.length >= LEAST)
}

/** Every other label, `count` of them; up to MOST pictures of each: the same ones in every run. */
function half(classes: string[][], part: Part, count: number): string[][] {
  const random = seededRandom(20)
  const order = classes.map((files) => ({ files, key: random() })).sort((a, b) => a.key - b.key)
  const own = order.filter((_, i) => i % 2 === Number(part === 'test')).slice(0, count)
  return own.map(({ files }) => {
    if (files.length <= MOST) return files
    const keyed = files.map((f) => ({ f, key: random() })).sort((a, b) => a.key - b.key)
    return keyed.slice(0, MOST).map((e) => e.f)
  })
}
