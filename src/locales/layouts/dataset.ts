import type { Results } from '../../commands/results.ts'
import type { Answer, Line } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { rejectedFiles } from '../rejected.ts'
import type { ResultWords } from '../words.ts'
import { layOutUndecided, type UndecidedWords } from './decisions.ts'

type Key = 'added' | 'removed' | 'moved' | 'labels' | 'sorted'
type Added = Results['added']
type Restored = NonNullable<Added['restored']>

/** Labels that are written alike and said so: two lines of three. */
const MAX_ALIKE = 2

type DatasetWords = {
  pictures(pictures: number): string
  added: {
    headline(pictures: number, to: { label: string | undefined; labels: number }): string
    nothing: string
    already(pictures: number): string
    learned(learned: NonNullable<Added['learned']>): string
    parts(names: string[]): string
    folders(folders: number): string
    next: string
  }
  /** Of an export: what is as it was. */
  restored: {
    excluded(pictures: number): string
    withdrawn(pictures: number): string
    states(states: string[]): string
    decisions(decisions: number): string
    isYours: string
  }
  /** Entries that no person put there. */
  skipped(entries: number): string
  removed(pictures: number): string
  moved: { headline(pictures: number, label: string): string; already(pictures: number): string }
  undecided: UndecidedWords
  labels: { none: string; headline(labels: number, pictures: number): string; alike(labels: string[]): string }
  sorted: {
    headline(pictures: number, folder: string): string
    already(pictures: number): string
    grades(pictures: Record<'sure' | 'unsure' | 'unknown', number>): string
  }
}

/** @param withRejected adds the files that were not taken */
export function layOutDataset(
  m: Markup,
  withRejected: ReturnType<typeof rejectedFiles>,
  words: DatasetWords,
): ResultWords<Key> {
  const already = (pictures: number, say: (pictures: number) => string): string => (pictures > 0 ? say(pictures) : '')
  const skipped = (entries: number): string => (entries > 0 ? words.skipped(entries) : '')

  return {
    added: (values) => withRejected(describeAdded(values), values.rejected),
    removed: ({ removed, rejected, refused = 0 }) =>
      withRejected(
        { headline: words.removed(removed), lines: layOutUndecided({ waiting: 0, refused }, words.undecided) },
        rejected,
      ),
    moved: ({ label, moved, unchanged, waiting = 0, refused = 0, rejected, skipped: entries = 0 }) =>
      withRejected(
        {
          headline: words.moved.headline(moved.length, m.name(label)),
          lines: said(
            already(unchanged, words.moved.already),
            ...layOutUndecided({ waiting, refused }, words.undecided),
            skipped(entries),
          ),
        },
        rejected,
      ),
    labels({ labels, alike = [] }) {
      if (labels.length === 0) return { headline: words.labels.none }
      const total = labels.reduce((sum, { examples }) => sum + examples, 0)
      return {
        headline: words.labels.headline(labels.length, total),
        lines: alike.slice(0, MAX_ALIKE).map((same) => words.labels.alike(same.map(m.name))),
        sections: [{ lines: labels.map(({ label, examples }) => [m.name(label), words.pictures(examples)]) }],
      }
    },
    sorted: ({ dir, copied, there, sure, unsure, unknown, folders, rejected }) =>
      withRejected(
        {
          headline: words.sorted.headline(copied, m.text(dir)),
          lines: said(
            already(there, words.sorted.already),
            sure + unsure + unknown > 0 && words.sorted.grades({ sure, unsure, unknown }),
          ),
          sections: sections({
            lines: folders.map(({ folder, pictures }) => [m.text(folder), words.pictures(pictures)]),
          }),
        },
        rejected,
      ),
  }

  function describeAdded({ added, duplicates, label, labels = [], learned, ...rest }: Added): Answer {
    const { skipped: entries = 0, parts = [], folders = 0, restored } = rest
    const there = already(duplicates, words.added.already)
    const to = { label: label && m.name(label), labels: labels.length }
    return {
      headline: added > 0 ? words.added.headline(added, to) : there || words.added.nothing,
      lines: said(learned && words.added.learned(learned), added > 0 && there, skipped(entries)),
      sections: sections(
        { lines: labels.map((l) => [m.name(l.label), words.pictures(l.added)]) },
        {
          lines: said(
            parts.length > 0 && words.added.parts(parts.map((part) => m.text(part))),
            ...(restored ? describeRestored(restored) : []),
            folders > 1 && words.added.folders(folders),
          ),
        },
      ),
      next: added > 0 ? [words.added.next] : [],
    }
  }

  function describeRestored({ excluded, withdrawn, decisions, isYours }: Restored): Line[] {
    const { restored } = words
    const states = [
      ...(excluded > 0 ? [restored.excluded(excluded)] : []),
      ...(withdrawn > 0 ? [restored.withdrawn(withdrawn)] : []),
    ]
    return said(
      states.length > 0 && restored.states(states),
      decisions > 0 && restored.decisions(decisions),
      isYours && restored.isYours,
    )
  }
}
