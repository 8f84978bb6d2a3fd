import type { LabelChange } from '../../context.ts'
import type { VersionSummary } from '../../db/versions.ts'

/** Changes of a label's recall, from 0 to 1, that are smaller than this are noise: not worth telling. */
const MIN_CHANGE = 0.05

/** Labels whose recall, out of fold, rose or fell clearly from one version to the next; those that changed most come first. */
export function compareRecalls(
  next: VersionSummary,
  previous: VersionSummary | undefined,
): { improved: LabelChange[]; worsened: LabelChange[] } {
  const before = new Map(previous && recalls(previous))
  const changes = recalls(next).flatMap(([label, to]) => {
    const from = before.get(label)
    return from === undefined || Math.abs(to - from) < MIN_CHANGE ? [] : [{ label, from, to }]
  })
  changes.sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))
  return { improved: changes.filter((c) => c.to > c.from), worsened: changes.filter((c) => c.to < c.from) }
}

/** Of each label that was measured: the share of its examples that were recognized. */
function recalls({ labels, confusion }: VersionSummary): [label: string, recall: number][] {
  return labels.flatMap((label, i): [string, number][] => {
    const counts = confusion[i] ?? []
    const total = counts.reduce((sum, n) => sum + n, 0)
    return total === 0 ? [] : [[label, (counts[i] ?? 0) / total]]
  })
}
