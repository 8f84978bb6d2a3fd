// Where each picture of a grid lies: numbers in, numbers out. All of it in CSS pixels.

export const GAP = 4
/** More than this no browser makes an element high; beyond, the end could not be reached. */
const MAX_HEIGHT = 16_000_000

export type Layout = { columns: number; cell: number; rows: number; height: number; count: number }

/** Columns that fill the width, at least two. @param wanted side of a cell, at most */
export function layOut(count: number, { width, wanted }: { width: number; wanted: number }): Layout {
  const fewest = Math.ceil((count * (wanted + GAP)) / MAX_HEIGHT)
  const columns = Math.max(2, fewest, Math.ceil((width + GAP) / (wanted + GAP)))
  const cell = Math.max(1, (width - (columns - 1) * GAP) / columns)
  const rows = Math.ceil(count / columns)
  return { columns, cell, rows, count, height: Math.max(0, rows * (cell + GAP) - GAP) }
}

export type Rows = { from: number; to: number }

/** The rows that touch a stretch, `to` excluded. */
export function rowsWithin({ cell, rows }: Layout, { top, bottom }: { top: number; bottom: number }): Rows {
  const from = Math.min(rows, Math.max(0, Math.floor(top / (cell + GAP))))
  return { from, to: Math.max(from, Math.min(rows, Math.ceil(bottom / (cell + GAP)))) }
}

export const topOfRow = ({ cell }: Layout, row: number): number => row * (cell + GAP)

export type Box = { left: number; top: number; right: number; bottom: number }

/** The places of all cells that a box touches, row by row. */
export function* placesIn(layout: Layout, box: Box): Generator<number> {
  const { columns, cell, count } = layout
  const { from, to } = rowsWithin(layout, box)
  const first = Math.max(0, Math.floor((box.left + GAP) / (cell + GAP)))
  const last = Math.min(columns - 1, Math.floor(box.right / (cell + GAP)))
  for (let row = from; row < to; row++) {
    // The gap below a row belongs to none.
    if (topOfRow(layout, row) + cell < box.top) continue
    for (let column = first; column <= last; column++) {
      const place = row * columns + column
      if (place < count) yield place
    }
  }
}

/** Where a key leads from a place; undefined: it leads nowhere. */
export function placeAfter(key: string, from: number, layout: Layout & { page: number }): number | undefined {
  const { columns, count, page } = layout
  const last = count - 1
  const steps: Record<string, number> = {
    ArrowLeft: from - 1,
    ArrowRight: from + 1,
    ArrowUp: from - columns,
    // From the last row but one to the last picture, where there is none below.
    ArrowDown: from + columns > last && Math.floor(from / columns) < layout.rows - 1 ? last : from + columns,
    Home: 0,
    End: last,
    PageUp: Math.max(from % columns, from - page * columns),
    PageDown: Math.min(last, from + page * columns),
  }
  const to = steps[key]
  return to === undefined || to < 0 || to > last ? undefined : to
}
