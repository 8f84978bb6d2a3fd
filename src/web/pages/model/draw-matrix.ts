import type { Colours } from './colours.ts'
import { type Confusions, type Layout, READABLE } from './matrix.ts'

/** Pixels between a name and the cells, and the largest letters. */
const [NAME_GAP, NAME_PIXELS] = [8, 13]
const NUMBER_PIXELS = 12

/** Pixels that the longest of some names takes, with the room around it. */
export function measureNames(names: readonly string[]): number {
  const context = document.createElement('canvas').getContext('2d')
  if (!context) return 0
  context.font = fontOf(NAME_PIXELS)
  return NAME_GAP + 2 + Math.max(0, ...names.map((name) => context.measureText(name).width))
}

const fontOf = (pixels: number): string => `${pixels}px ${getComputedStyle(document.body).fontFamily}`

type Drawing = { confusion: Confusions; order: readonly number[]; layout: Layout; colours: Colours }
export type Cell = { row: number; column: number }

/** Rows are what pictures are, columns what they were taken for: right answers green, wrong ones red, by their share of the row. */
export function drawMatrix(canvas: HTMLCanvasElement, { confusion, order, layout, colours }: Drawing): void {
  const { cell, names, size } = layout
  const scale = devicePixelRatio
  canvas.width = Math.round(size * scale)
  canvas.height = Math.round(size * scale)
  canvas.style.width = canvas.style.height = `${size}px`
  const context = canvas.getContext('2d')
  if (!context) return
  context.scale(scale, scale)
  context.clearRect(0, 0, size, size)
  const gap = cell >= READABLE.name ? 1 : 0
  const numbers = fontOf(NUMBER_PIXELS)
  context.textBaseline = 'middle'
  for (const [r, label] of order.entries()) {
    const counts = confusion.counts[label] ?? []
    const all = counts.reduce((sum, n) => sum + n, 0)
    for (const [c, said] of order.entries()) {
      const count = counts[said] ?? 0
      const share = all > 0 ? count / all : 0
      const [x, y] = [names + c * cell, names + r * cell]
      context.fillStyle = colours.line
      context.globalAlpha = 0.35
      context.fillRect(x, y, cell - gap, cell - gap)
      if (count === 0) continue
      context.fillStyle = r === c ? colours.sure : colours.error
      // Few of many are still to be seen.
      context.globalAlpha = 0.15 + 0.7 * Math.sqrt(share)
      context.fillRect(x, y, cell - gap, cell - gap)
      if (cell < READABLE.number) continue
      context.globalAlpha = 1
      context.fillStyle = colours.text
      context.font = numbers
      context.textAlign = 'center'
      context.fillText(`${count}`, x + cell / 2, y + cell / 2, cell - 2)
    }
  }
  context.globalAlpha = 1
  if (names > 0) drawNames(context, { order, confusion, layout, colours })
}

function drawNames(context: CanvasRenderingContext2D, { order, confusion, layout, colours }: Drawing): void {
  const { cell, names } = layout
  context.fillStyle = colours.quiet
  context.font = fontOf(Math.min(NAME_PIXELS, cell))
  for (const [place, label] of order.entries()) {
    const name = fit(context, confusion.labels[label] ?? '', names - NAME_GAP - 2)
    const at = names + (place + 0.5) * cell
    context.textAlign = 'right'
    context.fillText(name, names - NAME_GAP, at)
    context.save()
    context.translate(at, names - NAME_GAP)
    context.rotate(-Math.PI / 2)
    context.textAlign = 'left'
    context.fillText(name, 0, 0)
    context.restore()
  }
}

/** As much of a name as there is room for. */
function fit(context: CanvasRenderingContext2D, name: string, width: number): string {
  if (context.measureText(name).width <= width) return name
  const signs = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment)
  while (signs.length > 1 && context.measureText(`${signs.join('')}…`).width > width) signs.pop()
  return `${signs.join('')}…`
}
