import type { Results } from '../../commands/results.ts'
import { list, minute, percent, percentRange, plain } from './format.ts'
import { hint, type Where } from './hint.ts'
import { table } from './table.ts'

type Version = Results['versions']['versions'][number]

/** Labels that are named. */
const MAX_LABELS = 3

export function versions({ versions }: Results['versions'], where: Where): string {
  if (versions.length === 0) return `Nothing has been trained yet: ${hint(where, 'train')}`
  const heading = ['', 'version', 'trained (UTC)', 'right', '', 'labels', 'pictures', 'classifier', 'labels changed']
  return table(heading, versions.map(toRow))
}

function toRow(v: Version, i: number): string[] {
  return [
    v.current ? '*' : '',
    String(v.version),
    minute(v.madeAt),
    v.accuracy === null ? '-' : percent(v.accuracy),
    v.accuracyInterval ? percentRange(v.accuracyInterval) : '',
    String(v.labels),
    String(v.examples),
    v.head,
    i === 0 ? '' : labelChanges(v),
  ]
}

function labelChanges({ labelsAdded, labelsRemoved }: Version): string {
  const added = labelsAdded.map((l) => `+${plain(l)}`)
  const removed = labelsRemoved.map((l) => `-${plain(l)}`)
  return list([...added, ...removed], MAX_LABELS)
}

export const rolledBack = ({ version, from }: Results['rolledBack']): string =>
  `Version ${version} is active now${from === null ? '' : ` instead of version ${from}`}.`
