import type { Results } from '../../commands/results.ts'
import type { Answer, Line } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import { rejectedFiles } from '../rejected.ts'
import type { ResultWords } from '../words.ts'
import { describeLearned } from './answering.ts'
import { describeUndecided } from './decisions.ts'
import { errors } from './errors.ts'
import { inEnglish } from './say.ts'

type Key = 'added' | 'removed' | 'moved' | 'undone' | 'labels' | 'labelRenamed' | 'labelsMerged' | 'exported' | 'sorted'

type Restored = NonNullable<Results['added']['restored']>

/** Labels that are written alike and said so: two lines of three. */
const MAX_ALIKE = 2

export function datasetResults(m: Markup): ResultWords<Key> {
  const { and, command, count, more, number } = inEnglish(m)
  const withRejected = rejectedFiles(
    {
      one: (name, why) => `${name} was skipped: ${why}`,
      title: (files) => `Skipped ${count(files, 'file')}`,
      more,
    },
    errors(m),
    m,
  )
  const alreadyThere = (pictures: number): string =>
    pictures > 0 ? `${count(pictures, 'picture was', 'pictures were')} already there.` : ''
  const describeSkipped = (skipped: number): string =>
    skipped > 0
      ? `Skipped ${count(skipped, 'entry', 'entries')} in folders: hidden, the system’s own, or no picture.`
      : ''

  function describeRestored({ excluded, withdrawn, decisions, isYours }: Restored): Line[] {
    const states = [
      excluded > 0 ? [`${count(excluded, 'is', 'are')} excluded`] : [],
      withdrawn > 0 ? [`${count(withdrawn, 'is', 'are')} withdrawn`] : [],
    ].flat()
    return said(
      states.length > 0 && `Of these, ${and(states)}, as they were.`,
      decisions > 0 && `${count(decisions, 'decision')} of reviewers came along.`,
      isYours && 'They count as added by you: an export is no proof of who added what.',
    )
  }

  return {
    added({
      added,
      duplicates,
      rejected,
      label,
      labels = [],
      skipped = 0,
      parts = [],
      folders = 0,
      restored,
      learned,
    }): Answer {
      const several = labels.length > 0 ? ` to ${count(labels.length, 'label')}` : ''
      const to = label === undefined ? several : ` to ${m.name(label)}`
      const there = alreadyThere(duplicates)
      return withRejected(
        {
          headline: added > 0 ? `Added ${count(added, 'picture')}${to}.` : there || 'Nothing was added.',
          lines: said(learned && describeLearned(m, learned), added > 0 && there, describeSkipped(skipped)),
          sections: sections(
            { lines: labels.map((l) => [m.name(l.label), count(l.added, 'picture')]) },
            {
              lines: said(
                parts.length > 0 &&
                  `I took ${and(parts.map((part) => m.text(part)))} as parts of one dataset and joined their labels.`,
                ...(restored ? describeRestored(restored) : []),
                folders > 1 &&
                  `They came from ${count(folders, 'folder')}. To take folders as labels: ${command('import')}`,
              ),
            },
          ),
          next: added > 0 ? [`Next: ${command('train')}`] : [],
        },
        rejected,
      )
    },
    removed: ({ removed, rejected, refused = 0 }) =>
      withRejected(
        {
          headline: removed > 0 ? `Removed ${count(removed, 'picture')}.` : 'Nothing was removed.',
          lines: describeUndecided(m, { waiting: 0, refused }),
        },
        rejected,
      ),
    moved: ({ label, moved, unchanged, waiting = 0, refused = 0, rejected, skipped = 0 }) =>
      withRejected(
        {
          headline:
            moved.length > 0
              ? `Moved ${count(moved.length, 'picture')} to ${m.name(label)}.`
              : `Nothing was moved to ${m.name(label)}.`,
          lines: said(alreadyThere(unchanged), ...describeUndecided(m, { waiting, refused }), describeSkipped(skipped)),
        },
        rejected,
      ),
    undone: ({ removed }) => ({
      headline:
        removed > 0 ? `Undone: removed ${count(removed, 'picture')}.` : 'Nothing that you added is left to undo.',
    }),
    labels({ labels, alike = [] }): Answer {
      if (labels.length === 0) return { headline: `No labels yet. Add pictures: ${command('label')}` }
      const total = labels.reduce((sum, { examples }) => sum + examples, 0)
      return {
        headline: `${count(labels.length, 'label')}, ${count(total, 'picture')}.`,
        lines: alike
          .slice(0, MAX_ALIKE)
          .map((same) => `${and(same.map(m.name))} are written alike. To join them: ${command('labels', 'merge')}`),
        sections: [{ lines: labels.map((l) => [m.name(l.label), count(l.examples, 'picture')]) }],
      }
    },
    labelRenamed: ({ renamed, to }) => ({ headline: `${m.name(renamed)} is now called ${m.name(to)}.` }),
    labelsMerged: ({ merged, into, moved, inBoth }) => ({
      headline: `Merged ${m.name(merged)} into ${m.name(into)}: ${count(moved, 'picture')} moved.`,
      lines: said(inBoth > 0 && `${count(inBoth, 'picture')} had both labels.`),
    }),
    sorted: ({ dir, copied, there, sure, unsure, unknown, folders, rejected }) =>
      withRejected(
        {
          headline: copied > 0 ? `Copied ${count(copied, 'picture')} to ${m.text(dir)}.` : 'Nothing was copied.',
          lines: said(
            alreadyThere(there),
            sure + unsure + unknown > 0 &&
              `I’m sure of ${count(sure, 'picture')}, unsure of ${number(unsure)}, and don’t recognize ${number(unknown)}.`,
          ),
          sections: sections({
            lines: folders.map(({ folder, pictures }) => [m.text(folder), count(pictures, 'picture')]),
          }),
        },
        rejected,
      ),
    exported: ({ dir, examples, excluded, withdrawn, classifier }) => ({
      headline: `Exported ${count(examples, 'picture')} to ${m.text(dir)}.`,
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
  }
}
