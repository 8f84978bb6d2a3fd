import type { Results } from '../../commands/results.ts'
import { config } from '../../config.ts'
import { count, lines, minute, plain } from './format.ts'

type Change = Results['audit']['changes'][number]

export const audit = ({ changes }: Results['audit']): string =>
  changes.length === 0 ? 'No changes yet.' : lines(...changes.map(changeLine))

const ACTIONS: Record<Change['action'], string> = {
  filed: 'added',
  unfiled: 'removed',
  moved: 'moved',
  excluded: 'excluded',
  restored: 'restored',
  reviewed: 'reviewed',
  'review undone': 'took a review back',
  forgotten: 'deleted',
  'label renamed': 'renamed a label',
  'labels merged': 'merged labels',
  'label deleted': 'deleted a label',
  trained: 'trained',
  promoted: 'activated',
  'backbone changed': 'changed the backbone',
  'settings changed': 'changed settings',
  feedback: 'gave feedback',
}

function changeLine({ id, at, by, action, dataset, detail }: Change): string {
  const where = dataset === null ? '' : ` in ${plain(dataset)}`
  return `#${id}  ${minute(at)}  ${plain(by)} ${ACTIONS[action]}${where}: ${plain(describe(detail))}`
}

const describe = (detail: object): string =>
  Object.entries(detail)
    .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join(' ') : value}`)
    .join(', ')

export function withdrawn({ teacher, examples, version }: Results['withdrawn']): string {
  if (examples === 0) return `${plain(teacher)} has no pictures in training.`
  return lines(
    `Left ${count(examples, 'picture')} of ${plain(teacher)} out of training.`,
    version === null ? 'Too few pictures are left to train on.' : `Version ${version} was trained without them.`,
    `To undo: ${config.program} withdraw ${plain(teacher)} --restore`,
  )
}

export const restored = ({ teacher, examples }: Results['restored']): string =>
  `Brought ${count(examples, 'picture')} of ${plain(teacher)} back into training.`
