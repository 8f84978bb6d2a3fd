import type { BackboneFacts } from '../../../models/backbones/catalogue.ts'
import type { Results } from '../../commands/results.ts'
import { count, lines, mebibytes, percent, percentRange, plain } from './format.ts'
import { hint, type Where } from './hint.ts'
import { table } from './table.ts'

/** Columns of `factColumns`. */
const FACTS = ['licence', 'size', 'a picture', 'good at']

export function backbones({ backbones, catalogue }: Results['backbones'], where: Where): string {
  const rows = backbones.map(({ id, file, input, current, facts }) => [
    current ? '*' : '',
    plain(id),
    `${input.width}×${input.height}`,
    ...(facts ? factColumns(facts) : ['', '', '', plain(file)]),
  ])
  const toAdd = catalogue.map(({ name, facts }) => [name, ...factColumns(facts)])
  return lines(
    table(['', 'backbone', 'input', ...FACTS], rows),
    toAdd.length > 0 && `\nTo add, with ${hint(where, 'backbone', 'add', 'NAME')}:`,
    toAdd.length > 0 && table(['name', ...FACTS], toAdd),
  )
}

const factColumns = ({ licence, bytes, goodAt, milliseconds }: BackboneFacts): string[] => [
  licence,
  mebibytes(bytes),
  milliseconds === null ? '-' : `${milliseconds} ms`,
  goodAt,
]

export const backboneAdded = ({ backbone }: Results['backboneAdded'], where: Where): string =>
  lines(
    `Added ${plain(backbone)}.`,
    `Next: ${hint(where, 'backbone', 'compare')}`,
    `Or: ${hint(where, 'backbone', 'use', backbone)}`,
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

type Changed = Results['backboneChanged']
type Choice = NonNullable<Changed['choice']>

export const backboneChanged = ({ backbone, from, views, choice }: Changed, where: Where): string =>
  lines(
    choice && choiceLine(choice),
    choice &&
      choice.tooSlow.length > 0 &&
      `Not compared, slower than --budget: ${choice.tooSlow.map(withTime).join(', ')}.`,
    choice && choice.unusable.length > 0 && `Not compared, it does not run: ${choice.unusable.map(plain).join(', ')}.`,
    `${plain(backbone)} is the backbone now${backbone === from ? '' : ` instead of ${plain(from)}`}; ${count(views, 'feature vector')} computed.`,
    `The active version answers until the next training: ${hint(where, 'train')}`,
  )

const withTime = ({ backbone, milliseconds }: Choice['tooSlow'][number]): string =>
  `${plain(backbone)} (${Math.round(milliseconds)} ms)`

function choiceLine({ because }: Choice): string {
  switch (because.reason) {
    case 'only':
      return 'Chosen: there is no other one to compare it with.'
    case 'unmeasured':
      return 'Chosen: the simplest one; there are too few pictures to compare them.'
    case 'simplest':
      return 'Chosen: the simplest one; no other is better by more than chance.'
    case 'better':
      return `Chosen: better than ${plain(because.than)} by more than chance. It is right on ${count(because.wins, 'picture')} that the other got wrong, and wrong on ${because.losses} that the other got right.`
  }
}
