import type { Stats } from './data.ts'

/** `pictures` null: the label is gone. `measured` 0: it was not measured. `takenFor`: what it was most often confused with. */
export type LabelRow = {
  label: string
  pictures: number | null
  measured: number
  right: number
  recall: number | null
  takenFor: string | null
  times: number
}

/** Every label that there is or that the active version knows. */
export function labelRows({ labels, confusion }: Pick<Stats, 'labels' | 'confusion'>): LabelRow[] {
  const pictures = new Map(labels.map(({ label, examples }) => [label, examples]))
  const known = confusion?.labels ?? []
  const rows = known.map((label, c) => rowOf({ label, counts: confusion?.counts[c] ?? [], c, known, pictures }))
  const others = labels.filter(({ label }) => !known.includes(label))
  const nothing = { measured: 0, right: 0, recall: null, takenFor: null, times: 0 }
  return [...rows, ...others.map(({ label, examples }) => ({ label, pictures: examples, ...nothing }))]
}

type Known = { label: string; counts: number[]; c: number; known: string[]; pictures: ReadonlyMap<string, number> }

function rowOf({ label, counts, c, known, pictures }: Known): LabelRow {
  const measured = counts.reduce((sum, n) => sum + n, 0)
  const right = counts[c] ?? 0
  let [worst, times] = [-1, 0]
  for (const [said, n] of counts.entries()) if (said !== c && n > times) [worst, times] = [said, n]
  const recall = measured > 0 ? right / measured : null
  return {
    label,
    pictures: pictures.get(label) ?? null,
    measured,
    right,
    recall,
    takenFor: known[worst] ?? null,
    times,
  }
}

export type Column = 'label' | 'pictures' | 'recognized' | 'confused'

const VALUES: Record<Exclude<Column, 'label'>, (row: LabelRow) => number> = {
  pictures: (row) => row.pictures ?? 0,
  // What was not measured comes last where the worst come first.
  recognized: (row) => row.recall ?? 2,
  confused: (row) => row.times,
}

export function sortRows(
  rows: readonly LabelRow[],
  { by, isDescending }: { by: Column; isDescending: boolean },
): LabelRow[] {
  const compare = (a: LabelRow, b: LabelRow): number =>
    by === 'label' ? a.label.localeCompare(b.label) : VALUES[by](a) - VALUES[by](b) || a.label.localeCompare(b.label)
  return rows.toSorted((a, b) => (isDescending ? compare(b, a) : compare(a, b)))
}
