import type { Results } from '../../commands/results.ts'
import type { Line } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { Numbers } from '../numbers.ts'
import type { ResultWords } from '../words.ts'

type Facts = NonNullable<Results['backbones']['backbones'][number]['facts']>
type Choice = NonNullable<Results['backboneChanged']['choice']>
type Compared = Results['compared']['compared'][number]

type BackbonesWords = {
  headline(networks: number): string
  columns: Record<'network' | 'input' | 'name' | 'accuracy' | 'interval' | 'features', string>
  /** Columns of facts: licence, size, time for a picture, what it is good at. */
  facts: readonly [licence: string, size: string, time: string, goodAt: string]
  /** @param english as the catalogue of networks has it */
  goodAt(english: string): string
  toAdd: { title: string; command: string }
  compared(networks: number): string
  changed(backbone: string, from: string | null): string
  because(because: Choice['because']): string
  untilTrained(featureVectors: number): string
  notCompared: { title: string; tooSlow(time: string): string; unusable: string }
  toTrain: string
}

/** Networks to read pictures with. */
export function layOutBackbones(
  m: Markup,
  { bytes, milliseconds, number, percent, percentRange }: Numbers,
  words: BackbonesWords,
): ResultWords<'backbones' | 'compared' | 'backboneChanged'> {
  const { columns, facts, toAdd } = words

  return {
    backbones: ({ backbones, catalogue }) => ({
      headline: words.headline(backbones.length),
      sections: sections(
        {
          columns: ['', columns.network, columns.input, ...facts],
          lines: backbones.map(({ id, file, input, current, facts: known }) => [
            current ? '▸' : '',
            m.text(id),
            `${input.width}×${input.height}`,
            ...(known ? factCells(known) : ['', '', '', m.text(file)]),
          ]),
        },
        {
          title: toAdd.title,
          columns: [columns.name, ...facts],
          lines: catalogue.map(({ name, facts: known }) => [name, ...factCells(known)]),
        },
      ),
      next: catalogue.length > 0 ? [toAdd.command] : [],
    }),
    compared: ({ compared }) => ({
      headline: words.compared(compared.length),
      sections: sections({
        columns: [columns.network, columns.accuracy, columns.interval, facts[2], columns.features],
        lines: compared.map(comparedRow),
      }),
    }),
    backboneChanged: ({ backbone, from, views, choice }) => ({
      headline: words.changed(m.name(backbone), backbone === from ? null : m.name(from)),
      lines: said(choice && words.because(choice.because), words.untilTrained(views)),
      sections: sections(choice && { title: words.notCompared.title, lines: notCompared(choice) }),
      next: [words.toTrain],
    }),
  }

  function factCells({ licence, bytes: size, milliseconds: time, goodAt }: Facts): string[] {
    return [licence, bytes(size), time === null ? '–' : milliseconds(time), words.goodAt(goodAt)]
  }

  function comparedRow({ backbone, accuracy, accuracyInterval, milliseconds: time, features }: Compared): string[] {
    return [
      m.text(backbone),
      accuracy === null ? '–' : percent(accuracy),
      accuracyInterval ? percentRange(accuracyInterval) : '',
      milliseconds(time),
      number(features),
    ]
  }

  function notCompared({ tooSlow, unusable }: Choice): Line[] {
    return [
      ...tooSlow.map(({ backbone, milliseconds: time }) => [
        m.text(backbone),
        words.notCompared.tooSlow(milliseconds(time)),
      ]),
      ...unusable.map((backbone) => [m.text(backbone), words.notCompared.unusable]),
    ]
  }
}
