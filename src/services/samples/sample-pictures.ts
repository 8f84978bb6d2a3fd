import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Tile } from '../../charts/gallery.ts'
import { parseLabel } from '../../label.ts'
import type { LabelledSource } from '../labeling.ts'

/** Where scripts/prepare.ts draws them: `{character}-{number}.{format}`. */
export const SAMPLE_FOLDER = new URL('./pictures/', import.meta.url)
/** Characters with their pictures: those that are taught, and one that nobody teaches. */
export const SAMPLE_CHARACTERS = { taught: ['Botan', 'Emi'], stranger: 'Akari' }
/** Pictures of each that are taught. */
export const TAUGHT_EACH = 5
/** The one of each that is asked about. */
export const ASKED = 20

/** Drawn pictures of two characters, to try everything with. */
export const sampleSources = (): LabelledSource[] =>
  SAMPLE_CHARACTERS.taught.flatMap((character) =>
    Array.from({ length: TAUGHT_EACH }, (_, k) => ({
      source: { name: `${character}-${k}`, read: () => readSample(character, k) },
      label: parseLabel(character),
    })),
  )

/** Pictures that are not taught: a new one of each character, and one of a stranger. */
export const sampleQuestions = (): Promise<Tile[]> =>
  Promise.all(
    [...SAMPLE_CHARACTERS.taught, SAMPLE_CHARACTERS.stranger].map(async (character) => ({
      copy: await readSample(character, ASKED),
      caption: character,
      note: '',
    })),
  )

async function readSample(character: string, k: number): Promise<Uint8Array> {
  const folder = fileURLToPath(SAMPLE_FOLDER)
  const file = (await readdir(folder)).find((name) => name.startsWith(`${character}-${k}.`))
  if (!file) throw new Error(`Expected picture ${k} of ${character} in ${folder}: run scripts/prepare.ts`)
  return readFile(new URL(file, SAMPLE_FOLDER))
}
