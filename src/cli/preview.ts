import type { Tile } from '../charts/gallery.ts'
import { fitColumns } from './render/width.ts'

/** Columns and rows of letters that a picture takes; a letter shows two pixels, one above the other. */
const [COLUMNS, ROWS] = [24, 12]
/** Between two pictures. */
const GAP = 2

/** Whether this terminal shows 24-bit colours, as nearly all do that say so. */
export const showsPictures = (): boolean => process.stdout.isTTY && process.stdout.getColorDepth() >= 24

/** Pictures side by side as half blocks, with what is written below each, in as many rows as it takes. */
export async function drawPreview(tiles: Tile[]): Promise<string> {
  const inRow = Math.max(1, Math.floor(process.stdout.columns / (COLUMNS + GAP)))
  const rows = Array.from({ length: Math.ceil(tiles.length / inRow) }, (_, row) =>
    drawRow(tiles.slice(row * inRow, (row + 1) * inRow)),
  )
  return (await Promise.all(rows)).join('\n')
}

async function drawRow(shown: Tile[]): Promise<string> {
  const { default: sharp } = await import('sharp')
  const pixels = await Promise.all(
    shown.map(({ copy }) =>
      sharp(copy)
        .resize(COLUMNS, 2 * ROWS, { fit: 'contain', background: '#222' })
        .removeAlpha()
        .raw()
        .toBuffer(),
    ),
  )
  const colour = (rgb: Buffer, x: number, y: number): string =>
    [...rgb.subarray((y * COLUMNS + x) * 3, (y * COLUMNS + x) * 3 + 3)].join(';')
  const lines = Array.from({ length: ROWS }, (_, row) =>
    pixels
      .map((rgb) =>
        Array.from(
          { length: COLUMNS },
          (_, x) => `\u001b[38;2;${colour(rgb, x, 2 * row)};48;2;${colour(rgb, x, 2 * row + 1)}m▀`,
        ).join(''),
      )
      .join('\u001b[0m  '),
  )
  const words = shown.map(({ caption, note }) => fitColumns(`${caption} ${note}`, COLUMNS) + ' '.repeat(GAP)).join('')
  return `${lines.join('\u001b[0m\n')}\u001b[0m\n${words}`
}
