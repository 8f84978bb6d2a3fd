import type { Stats } from './data.ts'

export type Confusions = NonNullable<Stats['confusion']>
type Pair = { label: string; takenFor: string; count: number }

/** How often what was taken for what, most often first. */
export function pairsOf({ labels, counts }: Confusions): Pair[] {
  const pairs: Pair[] = []
  for (const [r, row] of counts.entries())
    for (const [c, count] of row.entries()) {
      const [label, takenFor] = [labels[r], labels[c]]
      if (r !== c && count > 0 && label !== undefined && takenFor !== undefined) pairs.push({ label, takenFor, count })
    }
  return pairs.toSorted((a, b) => b.count - a.count)
}

export type Order = 'mistakes' | 'name'

/** The places of the labels in the order in which they are shown. */
export function orderOf({ labels, counts }: Confusions, by: Order): number[] {
  const places = [...labels.keys()]
  const name = (place: number): string => labels[place] ?? ''
  if (by === 'name') return places.sort((a, b) => name(a).localeCompare(name(b)))
  const mistakes = labels.map(() => 0)
  for (const [r, row] of counts.entries())
    for (const [c, count] of row.entries())
      if (r !== c) {
        mistakes[r] = (mistakes[r] ?? 0) + count
        mistakes[c] = (mistakes[c] ?? 0) + count
      }
  return places.sort((a, b) => (mistakes[b] ?? 0) - (mistakes[a] ?? 0) || name(a).localeCompare(name(b)))
}

/** Pixels: of a cell, at least and at most; from which on its number and the names of the labels can be read; of the names. */
const CELL = { least: 4, most: 44 }
export const READABLE = { number: 22, name: 13 }
/** Of the room that there is, names take this share at most. */
const NAMES_SHARE = 0.35

export type Layout = { cell: number; names: number; size: number }

/** As large as there is room for; many labels scroll within. @param width pixels that there are @param longest of the names, in pixels */
export function layoutOf(labels: number, { width, longest }: { width: number; longest: number }): Layout {
  const wanted = Math.ceil(Math.min(longest, width * NAMES_SHARE))
  const room = Math.floor((width - wanted) / labels)
  const cell = Math.min(CELL.most, Math.max(CELL.least, room))
  const names = cell >= READABLE.name ? wanted : 0
  return { cell, names, size: names + cell * labels }
}
