import { said } from '../format.ts'
import { layOutDataset } from '../layouts/dataset.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { describeLearned } from './answering.ts'
import { undecidedWords } from './decisions.ts'
import { withRejectedIn } from './rejected.ts'
import { inEnglish } from './say.ts'

export function datasetResults(m: Markup) {
  const { and, command, count, number } = inEnglish(m)
  const pictures = (n: number): string => count(n, 'picture')
  const already = (n: number): string => `${count(n, 'picture was', 'pictures were')} already there.`

  return {
    ...layOutDataset(m, withRejectedIn(m), {
      pictures,
      added: {
        headline(n, { label, labels }) {
          const several = labels > 0 ? ` to ${count(labels, 'label')}` : ''
          return `Added ${pictures(n)}${label === undefined ? several : ` to ${label}`}.`
        },
        nothing: 'Nothing was added.',
        already,
        learned: (learned) => describeLearned(m, learned),
        parts: (names) => `I took ${and(names)} as parts of one dataset and joined their labels.`,
        folders: (folders) =>
          `They came from ${count(folders, 'folder')}. To take folders as labels: ${command('import')}`,
        next: `Next: ${command('train')}`,
      },
      restored: {
        excluded: (n) => `${count(n, 'is', 'are')} excluded`,
        withdrawn: (n) => `${count(n, 'is', 'are')} withdrawn`,
        states: (states) => `Of these, ${and(states)}, as they were.`,
        decisions: (decisions) => `${count(decisions, 'decision')} of reviewers came along.`,
        isYours: 'They count as added by you: an export is no proof of who added what.',
      },
      skipped: (entries) =>
        `Skipped ${count(entries, 'entry', 'entries')} in folders: hidden, the system’s own, or no picture.`,
      removed: (n) => (n > 0 ? `Removed ${pictures(n)}.` : 'Nothing was removed.'),
      moved: {
        headline: (n, label) => (n > 0 ? `Moved ${pictures(n)} to ${label}.` : `Nothing was moved to ${label}.`),
        already,
      },
      undecided: undecidedWords(m),
      labels: {
        none: `No labels yet. Add pictures: ${command('label')}`,
        headline: (labels, n) => `${count(labels, 'label')}, ${pictures(n)}.`,
        alike: (labels) => `${and(labels)} are written alike. To join them: ${command('labels', 'merge')}`,
      },
      sorted: {
        headline: (n, folder) => (n > 0 ? `Copied ${pictures(n)} to ${folder}.` : 'Nothing was copied.'),
        already,
        grades: ({ sure, unsure, unknown }) =>
          `I’m sure of ${pictures(sure)}, unsure of ${number(unsure)}, and don’t recognize ${number(unknown)}.`,
      },
    }),
    undone: ({ removed }) => ({
      headline:
        removed > 0 ? `Undone: removed ${count(removed, 'picture')}.` : 'Nothing that you added is left to undo.',
    }),
    labelRenamed: ({ renamed, to }) => ({ headline: `${m.name(renamed)} is now called ${m.name(to)}.` }),
    labelsMerged: ({ merged, into, moved, inBoth }) => ({
      headline: `Merged ${m.name(merged)} into ${m.name(into)}: ${count(moved, 'picture')} moved.`,
      lines: said(inBoth > 0 && `${count(inBoth, 'picture')} had both labels.`),
    }),
    exported: ({ dir, examples, excluded, withdrawn, unreadable, classifier }) => ({
      headline: `Exported ${count(examples, 'picture')} to ${m.text(dir)}${unreadable > 0 ? `, without ${number(unreadable)} that the bucket lost` : ''}.`,
      lines: said(
        excluded > 0 &&
          `${count(excluded, 'excluded picture lies', 'excluded pictures lie')} in ${m.code('excluded')}.`,
        withdrawn > 0 &&
          `${count(withdrawn, 'withdrawn picture lies', 'withdrawn pictures lie')} in ${m.code('withdrawn')}.`,
        classifier === null
          ? 'There is no classifier yet: nothing has been trained.'
          : `${m.code('classifier.onnx')} holds version ${classifier.version} with ${count(classifier.labels, 'label')}. On ${count(classifier.checked, 'picture')} it answered as I do.`,
      ),
    }),
  } satisfies SomeResults
}
