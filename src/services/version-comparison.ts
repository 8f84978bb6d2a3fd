import { recallsOf } from '../../models/evaluation/recall.ts'
import type { VersionRow, VersionSummary } from '../db/versions.ts'
import { UserError } from '../errors.ts'

type Measured = Pick<VersionSummary, 'accuracy' | 'accuracyInterval' | 'balancedAccuracy'> & {
  version: number
  labels: number
  examples: number
}

/** Shares from 0 to 1, out of fold; null: not measured. `labels`: that both know, those that changed most first. */
export type VersionComparison = {
  from: Measured
  to: Measured
  labels: { label: string; from: number | null; to: number | null }[]
  labelsAdded: string[]
  labelsRemoved: string[]
}

/**
 * Compares a version with another one, by default the active one. @param kept those that there are
 * Throws UserError version.not-found
 */
export function compareVersions(
  kept: readonly VersionRow[],
  { from, to }: { from: number; to: number | undefined },
): VersionComparison {
  const before = summaryOf(kept, from)
  const number = to ?? kept.find(({ current }) => current)?.number ?? from
  const after = summaryOf(kept, number)
  const [recallsBefore, recallsAfter] = [recalls(before), recalls(after)]
  const labels = after.labels.flatMap((label) =>
    recallsBefore.has(label)
      ? [{ label, from: recallsBefore.get(label) ?? null, to: recallsAfter.get(label) ?? null }]
      : [],
  )
  const change = (row: (typeof labels)[number]): number => Math.abs((row.to ?? 0) - (row.from ?? 0))
  return {
    from: measured(from, before),
    to: measured(number, after),
    labels: labels.sort((a, b) => change(b) - change(a)),
    labelsAdded: after.labels.filter((label) => !recallsBefore.has(label)),
    labelsRemoved: before.labels.filter((label) => !recallsAfter.has(label)),
  }
}

function summaryOf(kept: readonly VersionRow[], number: number): VersionSummary {
  const version = kept.find((one) => one.number === number)
  if (version) return version.summary
  throw new UserError('version.not-found', `Expected a version that is kept, received ${number}`, { version: number })
}

const recalls = ({ labels, confusion }: VersionSummary): Map<string, number | null> => {
  const rows = recallsOf(confusion)
  return new Map(labels.map((label, c) => [label, rows[c]?.recall ?? null]))
}

const measured = (
  version: number,
  { labels, examples, accuracy, accuracyInterval, balancedAccuracy }: VersionSummary,
): Measured => ({ version, labels: labels.length, examples, accuracy, accuracyInterval, balancedAccuracy })
