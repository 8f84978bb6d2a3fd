import type { Results } from '../../commands/results.ts'
import { config } from '../../config.ts'
import { count, lines, percent, percentRange, plain } from './format.ts'
import { table } from './table.ts'

export function backbones({ backbones, toAdd }: Results['backbones']): string {
  const rows = backbones.map(({ id, file, input, current }) => [
    current ? '*' : '',
    plain(id),
    `${input.width}×${input.height}`,
    plain(file),
  ])
  return lines(
    table(['', 'backbone', 'input', 'file'], rows),
    toAdd.length > 0 && `To add: ${config.program} backbone add ${toAdd.join(' | ')}`,
  )
}

export const backboneAdded = ({ backbone }: Results['backboneAdded']): string =>
  lines(
    `Added ${plain(backbone)}.`,
    `Next: ${config.program} backbone compare`,
    `Or: ${config.program} backbone use ${plain(backbone)}`,
  )

export function compared({ compared }: Results['compared']): string {
  const rows = compared.map((c) => [
    plain(c.backbone),
    c.accuracy === null ? '-' : percent(c.accuracy),
    c.accuracyInterval ? percentRange(c.accuracyInterval) : '',
    `${Math.round(c.milliseconds)} ms`,
    String(c.features),
  ])
  return table(['backbone', 'right', '', 'a picture', 'features'], rows)
}

export const backboneChanged = ({ backbone, from, views }: Results['backboneChanged']): string =>
  lines(
    `${plain(backbone)} is the backbone now${backbone === from ? '' : ` instead of ${plain(from)}`}; ${count(views, 'feature vector')} computed.`,
    `The active version answers until the next training: ${config.program} train`,
  )
