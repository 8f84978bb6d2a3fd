import { readFile } from 'node:fs/promises'
import sharp from 'sharp'

type Tile = { file: string; text: string; right: boolean }

const SIDE = 110
const COLUMNS = 10
const BAR = 6

/** Writes a PNG of all pictures, each with a bar below: green where the answer is right, red where it is wrong. */
export async function writeSheet(file: string, tiles: Tile[]): Promise<void> {
  const height = SIDE + BAR + 20
  const layers = await Promise.all(
    tiles.map(async ({ file: picture, text, right }, i) => {
      const image = await sharp(await readFile(picture))
        .resize(SIDE - 8, SIDE - 8, { fit: 'contain', background: '#fff' })
        .toBuffer()
      const background = right ? '#2e9e5b' : '#d23f3f'
      const bar = await sharp({ create: { width: SIDE - 8, height: BAR, channels: 3, background } })
        .png()
        .toBuffer()
      // Not as SVG: the decoder of untrusted pictures has closed that loader for the whole process.
      const words = await sharp({
        text: { text: `<span foreground="#222">${markup(text)} </span>`, font: 'sans', dpi: 84, rgba: true },
      })
        .png()
        .toBuffer()
      const left = (i % COLUMNS) * SIDE + 4
      const top = Math.floor(i / COLUMNS) * height + 4
      return [
        { input: image, left, top },
        { input: bar, left, top: top + SIDE - 8 },
        { input: words, left, top: top + SIDE },
      ]
    }),
  )
  const rows = Math.ceil(tiles.length / COLUMNS)
  await sharp({ create: { width: COLUMNS * SIDE, height: rows * height + 8, channels: 3, background: '#f4f4f6' } })
    .composite(layers.flat())
    .png()
    .toFile(file)
}

const markup = (text: string): string => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`)
