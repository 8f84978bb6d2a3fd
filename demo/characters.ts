import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createAvatar } from '@dicebear/core'
import * as lorelei from '@dicebear/lorelei'
import sharp from 'sharp'

const NAMES = ['Akari', 'Botan', 'Chika', 'Daigo', 'Emi', 'Fuyu', 'Goro', 'Hana', 'Itsuki', 'Juri', 'Kaede', 'Mio']
const HAIR = ['000000', 'b55239', 'f2d3b1', '3a6ea5', '8e44ad', '2e8b57'] as const
const BACKGROUNDS = ['ffffff', 'ffe0b0', 'cde6ff', 'd8f0d0', '444455'] as const
const FORMATS = ['jpeg', 'png', 'webp'] as const

/** Characters that the demo trains on, and those that it only asks about. */
export const TAUGHT = NAMES.slice(0, 10)
export const STRANGERS = NAMES.slice(10)

/** Draws picture `k` of a character and returns its file. The hair is the character's; face, pose, scale, background and format vary. */
export async function draw(folder: string, name: string, k: number): Promise<string> {
  const who = NAMES.indexOf(name)
  const svg = createAvatar(lorelei, {
    seed: `${name}-${k}`,
    hair: [`variant${String(who * 4 + 1).padStart(2, '0')}` as 'variant01'],
    hairColor: [pick(HAIR, who)],
    flip: k % 2 === 1,
    scale: 70 + ((k * 13) % 45),
    rotate: (k * 11) % 24,
    backgroundColor: [pick(BACKGROUNDS, k * 3 + who)],
    size: 280 + ((k * 37) % 200),
  }).toString()
  const format = pick(FORMATS, k + who)
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}-${k}.${format}`)
  await sharp(Buffer.from(svg)).toFormat(format).toFile(file)
  return file
}

function pick<T>(items: readonly [T, ...T[]], index: number): T {
  return items[index % items.length] ?? items[0]
}
