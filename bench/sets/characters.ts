import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createAvatar, type Style } from '@dicebear/core'
import sharp from 'sharp'
import { CACHE, npm } from './fetch.ts'

/** What makes a character. The rest of the drawing (expression, glasses, …) changes from picture to picture. */
const IDENTITY = ['hair', 'hairColor', 'baseColor', 'skinColor', 'shirt', 'shirtColor', 'clothingColor']
const BACKGROUNDS = ['ffffff', 'ffe0b0', 'cde6ff', 'd8f0d0', '444455', 'b5e0a0']
const CHARACTERS = 24
const PICTURES = 60

type Schema = { properties: Record<string, { default?: unknown; items?: { enum?: string[] } }> }

/** Files of drawn characters in a style of DiceBear, by character. */
export async function drawCharacters(style: 'adventurer' | 'micah'): Promise<string[][]> {
  const folder = join(CACHE, `characters-${style}`)
  const module = join(npm(`@dicebear/${style}@9.4.3`), 'package/lib/index.js')
  const drawn = (await import(pathToFileURL(module).href)) as Style<object> & { schema: Schema }
  mkdirSync(folder, { recursive: true })
  const all: string[][] = []
  for (let who = 0; who < CHARACTERS; who++) {
    const files = Array.from({ length: PICTURES }, (_, k) => join(folder, `${who}-${k}.png`))
    for (const [k, file] of files.entries()) if (!existsSync(file)) writeFileSync(file, await draw(drawn, who, k))
    all.push(files)
  }
  return all
}

/** Picture k of a character. @returns PNG */
async function draw(style: Style<object> & { schema: Schema }, who: number, k: number): Promise<Buffer> {
  const fixed = IDENTITY.flatMap((name, at) => {
    const { default: values, items } = style.schema.properties[name] ?? {}
    const choices = items?.enum ?? (values as string[] | undefined)
    return choices?.length ? [[name, [choices[(who * (at * 2 + 1)) % choices.length]!]]] : []
  })
  const svg = createAvatar(style, {
    ...Object.fromEntries(fixed),
    seed: `${who}-${k}`,
    flip: k % 2 === 1,
    scale: 70 + ((k * 13) % 45),
    rotate: (k * 11) % 24,
    backgroundColor: [BACKGROUNDS[(k * 5 + who) % BACKGROUNDS.length]!],
    size: 320,
  }).toString()
  return sharp(Buffer.from(svg)).png().toBuffer()
}
