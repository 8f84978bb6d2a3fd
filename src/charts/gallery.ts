import type { EChartsOption } from 'echarts'
import sharp from 'sharp'
import type { Drawing } from './stats.ts'
import { INK, type Rich, shorten, withEmoji } from './text.ts'

/** A filed picture (JPEG), what is written below it, and what comes after that, smaller. */
export type Tile = { copy: Uint8Array; caption: string; note: string }

/** In a row; four where there are more than two rows of three. */
const [COLUMNS, WIDE] = [3, 4]
const SIDE = 220
const GAP = 15
const BELOW = 62
const SIZE = 20
const LONGEST = 18

/** Pictures with words below each. */
export async function drawGallery(tiles: Tile[]): Promise<Drawing> {
  const columns = tiles.length > 2 * COLUMNS ? WIDE : COLUMNS
  const elements = await Promise.all(
    tiles.map(async ({ copy, caption, note }, i) => {
      const x = GAP + (i % columns) * (SIDE + GAP)
      const y = GAP + Math.floor(i / columns) * (SIDE + BELOW)
      const fitted = await sharp(copy)
        .resize(SIDE, SIDE, { fit: 'contain', background: INK.background })
        .jpeg()
        .toBuffer()
      const image = `data:image/jpeg;base64,${fitted.toString('base64')}`
      return [
        { type: 'image' as const, style: { image, x, y, width: SIDE, height: SIDE } },
        words(caption, SIZE, INK.text, x, y + SIDE + 4),
        words(note, SIZE - 4, INK.quiet, x, y + SIDE + 30),
      ]
    }),
  )
  const rows = Math.ceil(tiles.length / columns)
  const option: EChartsOption = { graphic: { elements: elements.flat() } }
  return { name: 'nearest', option, width: columns * (SIDE + GAP) + GAP, height: rows * (SIDE + BELOW) + GAP }
}

function words(text: string, size: number, colour: string, x: number, y: number) {
  const rich: Rich = {}
  const shown = withEmoji(shorten(text, LONGEST), size, rich)
  rich.t = { ...rich.t, color: colour } as object
  return { type: 'text' as const, style: { text: shown, rich, x, y, fill: colour } }
}
