import { CAUTIONS } from '../../../models/evaluation/refusals.ts'
import type { Results } from '../../commands/results.ts'
import { AUDIT_ACTIONS } from '../../locales/en/audit-actions.ts'
import { describeDetail } from '../../locales/format.ts'
import { count, lines, minute, percent, plain } from './format.ts'
import { hint, type Where } from './hint.ts'

type Change = Results['audit']['changes'][number]

export const audit = ({ changes }: Results['audit']): string =>
  changes.length === 0 ? 'No changes yet.' : lines(...changes.map(changeLine))

function changeLine({ id, at, by, action, dataset, detail }: Change): string {
  const where = dataset === null ? '' : ` in ${plain(dataset)}`
  return `#${id}  ${minute(at)}  ${plain(by)} ${AUDIT_ACTIONS[action] ?? plain(action)}${where}: ${plain(describeDetail(detail))}`
}

const CAUTION: Record<Results['settings']['settings']['caution'], string> = {
  low: 'rarely',
  normal: 'sometimes',
  high: 'often',
}

/** A terminal has no channels, roles and languages: nothing else is set there. */
export const settings = ({ settings: { caution } }: Results['settings']): string =>
  `Caution: ${caution}. Pictures of your labels are ${CAUTION[caution]} (about ${percent(CAUTIONS[caution])}) answered with "I don't know".`

export function withdrawn({ teacher, examples, version, active }: Results['withdrawn'], where: Where): string {
  if (examples === 0) return `${plain(teacher)} has no pictures in training.`
  return lines(
    `Left ${count(examples, 'picture')} of ${plain(teacher)} out of training.`,
    version === null ? 'Too few pictures are left to train on.' : `Version ${version} was trained without them.`,
    active !== null && active !== version && `Version ${active} is still active and may have learned from them.`,
    version !== null && active !== version && `To activate version ${version}: ${hint(where, 'rollback', version)}`,
    `To undo: ${hint(where, 'withdraw', teacher, '--restore')}`,
  )
}

export const restored = ({ teacher, examples }: Results['restored']): string =>
  `Brought ${count(examples, 'picture')} of ${plain(teacher)} back into training.`
