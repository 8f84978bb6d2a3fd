import type { Results } from '../../commands/results.ts'
import { accuracySentence } from './accuracy.ts'
import { adviceLines } from './advice.ts'
import { count, lines, list, mebibytes, percent, percentRange, plain } from './format.ts'
import { gradesLine } from './grades.ts'
import { hint, type Where } from './hint.ts'

type Stats = Results['stats']

const MAX_CONFUSIONS = 3

export function stats(s: Stats, where: Where): string {
  const total = s.labels.reduce((sum, l) => sum + l.examples, 0)
  const counts = `${count(s.labels.length, 'label')}, ${count(total, 'picture')}.`
  return lines(
    s.version === null
      ? `${counts} Nothing has been trained yet: ${hint(where, 'train')}`
      : `${counts} ${accuracySentence(s)}`,
    gradesLine(s),
    s.confusions.length > 0 && `Most often confused: ${list(s.confusions.map(confusion), MAX_CONFUSIONS)}.`,
    ...(s.advice ? adviceLines(s.advice, where) : []),
    feedback(s.live),
    ...issues(s.survey, where),
    s.version !== null && `Active: version ${s.version} of ${s.versions.length} (${s.head}).`,
    `Stored: ${count(s.storage.pictures, 'picture')}, ${mebibytes(s.storage.databaseBytes)}.`,
  )
}

const confusion = ({ label, takenFor, count }: Stats['confusions'][number]): string =>
  `${plain(label)} → ${plain(takenFor)} (${count})`

function feedback({ judged, right, accuracy, interval }: Stats['live']): string {
  if (accuracy === null) return ''
  const range = interval ? ` (${percent(accuracy)}, ${percentRange(interval)})` : ''
  return `People judged ${count(judged, 'answer')}; ${right} ${right === 1 ? 'was' : 'were'} right${range}.`
}

function issues(issues: Stats['survey'], where: Where): string[] {
  if (!issues) return []
  const found: string[] = []
  if (issues.flagged > 0)
    found.push(`${count(issues.flagged, 'picture looks', 'pictures look')} mislabelled: ${hint(where, 'review')}`)
  for (const { teacher, examples, suspected, others } of issues.teachers)
    found.push(
      `${percent(suspected)} of the ${count(examples, 'picture')} that ${plain(teacher)} added contradict the others (everybody else: ${percent(others)}).`,
    )
  return found
}
