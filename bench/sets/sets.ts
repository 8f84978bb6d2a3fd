// Kinds of pictures, in two halves that share no label: choices are made on `dev`, figures are reported on `test`.
import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { seededRandom } from '../../models/random.ts'
import { shuffle } from '../shuffle.ts'
import { drawCharacters } from './characters.ts'
import { listClothes } from './clothes.ts'
import { debian, npm } from './fetch.ts'

export type Part = 'dev' | 'test'
/** `classes`: the files of each label. */
export type PictureSet = { name: string; part: Part; classes: string[][] }

/** Labels with fewer pictures are left out. */
const LEAST = 30
/** Pictures that are taken of a label. */
const MOST = 90
/** Clip art with more pixels is larger than the program accepts. */
const MOST_PIXELS = 20e6

/** Draws pictures where they are missing, so it must run before this process decodes its first picture. */
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
  classes: await listClothes(MOST),
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

/** Themes of drawings by many people. */
function clipArt(): string[][] {
  const files = pngs(join(debian('openclipart-png'), 'usr/share/openclipart/png'))
  const accepted = files.filter((f) => pixelsOf(f) < MOST_PIXELS)
  return grouped(accepted, dirname)
}

/** Pixels of a PNG, from its header. */
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

/** `count` of every other label, with up to MOST pictures each: the same in every run. */
function half(classes: string[][], part: Part, count: number): string[][] {
  const random = seededRandom(20)
  const isOwn = (_: string[], i: number): boolean => i % 2 === Number(part === 'test')
  const own = shuffle(classes, random).filter(isOwn).slice(0, count)
  return own.map((files) => (files.length <= MOST ? files : shuffle(files, random).slice(0, MOST)))
}
