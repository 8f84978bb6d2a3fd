import type { Results } from '../../commands/results.ts'
import { readDetail } from '../detail.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'

type Change = Results['audit']['changes'][number]

/** Of which their name says all, and the server that they are about. */
type Plain =
  | 'dataset emptied'
  | 'server blocked'
  | 'server unblocked'
  | 'server left'
  | 'limits changed'
  | 'pictures blocked'
  | 'pictures allowed'

type Decision = 'keep' | 'move' | 'exclude' | 'restore'

/** What was stored of a change, ready for a sentence; '' where it was not stored. */
export type ChangeFacts = ReturnType<typeof readFacts>
type Say = (facts: ChangeFacts) => string

type AuditWords = {
  none: string
  headline: string
  /** @param what as in `added a picture to cat` */
  line(who: string, what: string): string
  /** Every action by its name. */
  actions: Record<Change['action'], string>
  about(action: string, name: string): string
  /** What a person did: `added a picture to cat`. */
  did: Record<Exclude<Change['action'], Plain | 'reviewed'>, Say>
  reviewed: Record<Decision | 'otherwise', Say>
}

export function layOutAudit(m: Markup, words: AuditWords): ResultWords<'audit'> {
  const did: Partial<Record<string, Say>> = words.did
  const reviewed: Partial<Record<string, Say>> = words.reviewed

  return {
    audit: ({ changes }) =>
      changes.length === 0
        ? { headline: words.none }
        : { headline: words.headline, sections: [{ lines: changes.map(row) }] },
  }

  function row({ id, at, by, action, dataset, detail }: Change): string[] {
    const what = describe(action, readFacts(m, detail))
    return [
      m.technical(`#${id}`),
      m.moment(at),
      words.line(m.person(by), what),
      dataset === null ? '' : m.technical(dataset),
    ]
  }

  function describe(action: Change['action'], facts: ChangeFacts): string {
    if (action === 'reviewed') return (reviewed[facts.decision] ?? words.reviewed.otherwise)(facts)
    const say = did[action]
    if (say) return say(facts)
    const name = words.actions[action] ?? m.text(action)
    return facts.server ? words.about(name, facts.server) : name
  }
}

function readFacts(m: Markup, detail: object) {
  const { text, count, isTrue, list, entries } = readDetail(detail)
  const read = (key: string, write: (text: string) => string): string => {
    const found = text(key)
    return found === undefined ? '' : write(found)
  }
  const name = (key: string): string => read(key, m.name)
  return {
    example: read('example', (id) => m.code(`#${id}`)),
    /** How many, where it was not about one alone. */
    pictures: count('examples'),
    label: name('label'),
    renamed: name('renamed'),
    merged: name('merged'),
    into: name('into'),
    copied: name('copied'),
    deleted: name('deleted'),
    from: name('from'),
    to: name('to'),
    backbone: name('backbone'),
    server: name('server'),
    said: name('said'),
    truth: name('truth'),
    teacher: read('teacher', m.person),
    person: read('person', m.person),
    decision: text('decision') ?? '',
    agreed: list('also').map(m.person),
    version: text('version') ?? '',
    accuracy: count('accuracy'),
    isActive: isTrue('promoted'),
    isRight: isTrue('right') || count('right') === 1,
    options: entries.map(([option]) => option),
  }
}
