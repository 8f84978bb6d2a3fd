import type { Rejected, Results } from '../../commands/results.ts'
import { count, lines, plain } from './format.ts'
import { hint, type Where } from './hint.ts'
import { describeRefused, describeWaiting } from './review.ts'

/** Rejected pictures that are named; `--json` has all of them. */
const MAX_REJECTED = 20

export function added(
  { added, duplicates, rejected, label, skipped = 0, parts }: Results['added'],
  where: Where,
): string {
  const to = label === undefined ? '' : ` to ${plain(label)}`
  return lines(
    `Added ${count(added, 'picture')}${to}.`,
    duplicates > 0 && `${count(duplicates, 'picture was', 'pictures were')} there already.`,
    listRejected(rejected),
    skipped > 0 && describeSkipped(skipped),
    parts && `Took ${parts.map(plain).join(', ')} for parts of one dataset: their labels are joined.`,
    added > 0 && `Next: ${hint(where, 'train')}`,
  )
}

export const removed = ({ removed, rejected }: Results['removed']): string =>
  lines(`Removed ${count(removed, 'picture')}.`, listRejected(rejected))

export function moved({ label, moved, unchanged, rejected, ...others }: Results['moved']): string {
  const { waiting = 0, refused = 0, skipped = 0 } = others
  return lines(
    `Moved ${count(moved.length, 'picture')} to ${plain(label)}.`,
    unchanged > 0 && `${count(unchanged, 'picture')} had that label already.`,
    waiting > 0 && describeWaiting(waiting),
    refused > 0 && describeRefused(refused),
    listRejected(rejected),
    skipped > 0 && describeSkipped(skipped),
  )
}

export function labels({ labels }: Results['labels'], where: Where): string {
  if (labels.length === 0) return `No labels yet. Add pictures: ${hint(where, 'import', 'FOLDER')}`
  const total = labels.reduce((sum, l) => sum + l.examples, 0)
  const widest = Math.max(...labels.map((l) => String(l.examples).length))
  return lines(
    `${count(labels.length, 'label')}, ${count(total, 'picture')}.`,
    ...labels.map((l) => `  ${String(l.examples).padStart(widest)}  ${plain(l.label)}`),
  )
}

export const labelRenamed = ({ renamed, to }: Results['labelRenamed']): string =>
  `Renamed ${plain(renamed)} to ${plain(to)}.`

export const labelsMerged = ({ merged, into, moved, inBoth }: Results['labelsMerged']): string =>
  lines(
    `Merged ${plain(merged)} into ${plain(into)}: moved ${count(moved, 'picture')}.`,
    inBoth > 0 && `${count(inBoth, 'picture')} had both labels.`,
  )

export const labelDeleted = ({ deleted, examples }: Results['labelDeleted']): string =>
  `Deleted ${plain(deleted)} and its ${count(examples, 'picture')}.`

export const exported = ({ dir, examples, classifier }: Results['exported']): string =>
  lines(
    `Exported ${count(examples, 'picture')} to ${plain(dir)}.`,
    classifier === null
      ? 'There is no classifier yet: nothing has been trained.'
      : `classifier.onnx holds version ${classifier.version} with ${count(classifier.labels, 'label')}; it answered as Mekiki does on ${count(classifier.checked, 'picture')}.`,
  )

/** What was passed over in folders. */
export const describeSkipped = (skipped: number): string =>
  `Skipped ${count(skipped, 'entry', 'entries')} that ${skipped === 1 ? 'is' : 'are'} hidden, the system's or no picture.`

function listRejected(rejected: Rejected[]): string {
  if (rejected.length === 0) return ''
  return lines(
    `Rejected ${count(rejected.length, 'file')}:`,
    ...rejected.slice(0, MAX_REJECTED).map((r) => `  ${plain(r.file)}: ${plain(r.message)} (${r.code})`),
    rejected.length > MAX_REJECTED && `  … and ${rejected.length - MAX_REJECTED} more; --json lists them all`,
  )
}
