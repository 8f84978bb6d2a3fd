import sharp from 'sharp'
import type { Chart } from './chart.ts'
import { COLORS } from './colors.ts'
import { type RichStyles, shorten, withEmoji } from './text.ts'

/** A picture (JPEG), what is written below it, and what comes after that, smaller. `isSpoiler`: a chat keeps it covered. */
export type Tile = { copy: Uint8Array; caption: string; note: string; isSpoiler?: boolean }

/** Tiles in a row; more where they would fill more than two rows. */
const COLUMNS = 3
const MANY_COLUMNS = 4
/** In pixels: a picture's side, the gap beside it, what is below it for words, and where in that they begin. */
const SIDE = 220
const GAP = 15
const BELOW = 62
const CAPTION_BELOW = 4
const NOTE_BELOW = 30
const CAPTION_SIZE = 20
const NOTE_SIZE = 16
/** Characters that fit below a picture. */
const LONGEST = 18

/** Pictures with words below each. */
export async function drawGallery(tiles: Tile[]): Promise<Chart> {
  const columns = tiles.length > 2 * COLUMNS ? MANY_COLUMNS : COLUMNS
  const rows = Math.ceil(tiles.length / columns)
  const elements = await Promise.all(
    tiles.map((tile, i) => {
      const x = GAP + (i % columns) * (SIDE + GAP)
      const y = GAP + Math.floor(i / columns) * (SIDE + BELOW)
      return drawTile(tile, x, y)
    }),
  )
  return {
    name: 'nearest',
    option: { graphic: { elements: elements.flat() } },
    width: columns * (SIDE + GAP) + GAP,
    height: rows * (SIDE + BELOW) + GAP,
  }
}

async function drawTile({ copy, caption, note }: Tile, x: number, y: number) {
  const fitted = await sharp(copy)
    .resize(SIDE, SIDE, { fit: 'contain', background: COLORS.background })
    .jpeg()
    .toBuffer()
  const image = `data:image/jpeg;base64,${fitted.toString('base64')}`
  return [
    { type: 'image' as const, style: { image, x, y, width: SIDE, height: SIDE } },
    drawText(caption, { x, y: y + SIDE + CAPTION_BELOW, size: CAPTION_SIZE, color: COLORS.text }),
    drawText(note, { x, y: y + SIDE + NOTE_BELOW, size: NOTE_SIZE, color: COLORS.quiet }),
  ]
}

type Placement = { x: number; y: number; size: number; color: string }

function drawText(text: string, { x, y, size, color }: Placement) {
  const rich: RichStyles = {}
  const shown = withEmoji(shorten(text, LONGEST), { size, color }, rich)
  return { type: 'text' as const, style: { text: shown, rich, x, y, fill: color } }
}
