import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { draw } from '../../demo/characters.ts'

/**
 * Draws some pictures of each character, and gives them as sources. Has to be called before the first picture is decoded, which
 * forbids this process to read SVG.
 */
export async function drawSources(home: string, characters: readonly string[], each: number) {
  const pictures = new Map<string, Uint8Array[]>()
  for (const name of characters) {
    const files = await Promise.all(Array.from({ length: each }, (_, k) => draw(join(home, 'drawn'), name, k)))
    pictures.set(
      name,
      files.map((file) => new Uint8Array(readFileSync(file))),
    )
  }
  return (name: string, k: number) => ({
    name: `${name} ${k}`,
    read: async (): Promise<Uint8Array> => new Uint8Array(pictures.get(name)?.[k] ?? []),
  })
}
