import type { Results } from '../../commands/results.ts'
import type { Reason } from '../../db/label-issues.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { Numbers } from '../numbers.ts'
import type { ResultWords } from '../words.ts'

type Example = Results['example']['example']

type ExampleWords = {
  headline(number: string, label: string): string
  states: Record<'excluded' | 'withdrawn' | 'vouched' | 'suspect' | 'kept', string>
  added(state: string, { by, at }: { by: string; at: string }): string
  suspect(share: string, reasons: readonly Reason[]): string
  recognized(label: string): string
  sentences(...all: (string | false)[]): string
  also(labels: string): string
  history: string
}

/** One picture, with what was done with it. @param audit as the language says changes */
export function layOutExample(
  m: Markup,
  { and, percent, audit }: Pick<Numbers, 'and' | 'percent'> & ResultWords<'audit'>,
  words: ExampleWords,
): ResultWords<'example'> {
  return {
    example({ example, history }) {
      const { id, label, file, by, at, also } = example
      const changes = audit({ changes: history }).sections ?? []
      return {
        headline: words.headline(m.code(`#${id}`), m.name(label)),
        lines: said(
          m.file(file),
          words.added(words.states[stateOf(example)], { by: m.person(by), at: m.moment(at) }),
          describeSuspicion(example),
          also.length > 0 && words.also(and(also.map((other) => m.name(other.label)))),
        ),
        sections: sections(...changes.map((section) => ({ title: words.history, ...section }))),
      }
    },
  }

  function describeSuspicion({ isSuspect, score, reasons, recognized }: Example): string {
    return words.sentences(
      isSuspect && score !== null && words.suspect(percent(score), reasons),
      recognized !== null && words.recognized(m.name(recognized)),
    )
  }
}

function stateOf({ state, vouched, isSuspect }: Example): keyof ExampleWords['states'] {
  if (state !== 'kept') return state
  if (vouched) return 'vouched'
  return isSuspect ? 'suspect' : 'kept'
}
