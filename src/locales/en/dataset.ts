import { describeProblem, lines, listFirst } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { errors } from './errors.ts'
import { count, more } from './plural.ts'
import { describeRefused, describeWaiting } from './review.ts'

type Key = 'added' | 'removed' | 'moved' | 'undone' | 'labels' | 'labelRenamed' | 'labelsMerged' | 'labelDeleted'

const MAX_LABELS = 60
const MAX_REJECTED = 10

export function datasetResults(m: Markup): ResultWords<Key> {
  const rejections = (rejected: { file: string; code: string; message: string }[]): string =>
    listFirst(rejected, MAX_REJECTED, {
      line: (r) => `**${m.text(r.file)}** was skipped: ${describeProblem(r, errors, m)}`,
      more,
    })

  return {
    added: ({ added, duplicates, rejected, label }) =>
      lines(
        added > 0 && `Added ${count(added, 'picture')}${label === undefined ? '' : ` to **${m.text(label)}**`}.`,
        duplicates > 0 && `${count(duplicates, 'picture was', 'pictures were')} already there.`,
        rejections(rejected),
      ),
    removed: ({ removed, rejected }) => lines(`Removed ${count(removed, 'picture')}.`, rejections(rejected)),
    moved: ({ label, moved, unchanged, waiting = 0, refused = 0, rejected }) =>
      lines(
        `Moved ${count(moved.length, 'picture')} to **${m.text(label)}**.`,
        unchanged > 0 && `${count(unchanged, 'picture was', 'pictures were')} already there.`,
        waiting > 0 && describeWaiting(waiting),
        refused > 0 && describeRefused(refused),
        rejections(rejected),
      ),
    undone: ({ removed }) =>
      removed > 0 ? `Undone: removed ${count(removed, 'picture')}.` : 'Nothing that you added is left to undo.',
    labels: ({ labels }) =>
      labels.length === 0
        ? 'No labels yet. Add pictures with `/label`.'
        : listFirst(labels, MAX_LABELS, { line: (l) => `**${m.text(l.label)}** · ${l.examples}`, more }),
    labelRenamed: ({ renamed, to }) => `**${m.text(renamed)}** is now called **${m.text(to)}**.`,
    labelsMerged: ({ merged, into, moved }) =>
      `Merged **${m.text(merged)}** into **${m.text(into)}**: ${count(moved, 'picture')} moved.`,
    labelDeleted: ({ deleted, examples }) => `Deleted **${m.text(deleted)}** and its ${count(examples, 'picture')}.`,
  }
}
