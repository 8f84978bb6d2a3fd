import type { Results } from '../../commands/results.ts'
import type { Line } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { Numbers } from '../numbers.ts'
import type { ResultWords } from '../words.ts'

type Version = Results['versions']['versions'][number]

/** Labels that came or went, of one version. */
const MAX_CHANGES = 3

type VersionsWords = {
  none: string
  headline(versions: number, active: number | undefined): string
  columns: readonly string[]
  labels(labels: number): string
  pictures(pictures: number): string
  added(label: string): string
  removed(label: string): string
  /** @param more that are not among the changes */
  changes(changes: string[], more: number): string
  compared(from: { version: number; right: string }, to: { version: number; right: string }): string
  onlyIn(version: number, labels: string): string
}

export function layOutVersions(
  m: Markup,
  { and, percent, percentRange }: Numbers,
  words: VersionsWords,
): ResultWords<'versions' | 'versionsCompared'> {
  const share = (value: number | null): string => (value === null ? '–' : percent(value))

  return {
    versions({ versions }) {
      const active = versions.find((v) => v.current)
      if (versions.length === 0) return { headline: words.none }
      return {
        headline: words.headline(versions.length, active?.version),
        sections: [{ columns: words.columns, lines: versions.map((v, i) => row(v, i === 0)).reverse() }],
      }
    },
    versionsCompared: ({ from, to, labels, labelsAdded, labelsRemoved }) => ({
      headline: words.compared(
        { version: from.version, right: share(from.accuracy) },
        { version: to.version, right: share(to.accuracy) },
      ),
      lines: said(
        labelsAdded.length > 0 && words.onlyIn(to.version, and(labelsAdded.map(m.name))),
        labelsRemoved.length > 0 && words.onlyIn(from.version, and(labelsRemoved.map(m.name))),
      ),
      sections: sections({ lines: labels.map((l) => [m.name(l.label), `${share(l.from)} → ${share(l.to)}`]) }),
    }),
  }

  function row(v: Version, isFirst: boolean): Line {
    return [
      v.current ? '▸' : '',
      m.bold(`${v.version}`),
      m.moment(v.madeAt),
      share(v.accuracy),
      v.accuracyInterval ? percentRange(v.accuracyInterval) : '',
      words.labels(v.labels),
      words.pictures(v.examples),
      m.technical(v.head),
      isFirst ? '' : describeChanges(v),
    ]
  }

  function describeChanges({ labelsAdded, labelsRemoved }: Version): string {
    const changes = [
      ...labelsAdded.map((label) => words.added(m.text(label))),
      ...labelsRemoved.map((label) => words.removed(m.text(label))),
    ]
    return words.changes(changes.slice(0, MAX_CHANGES), Math.max(0, changes.length - MAX_CHANGES))
  }
}
