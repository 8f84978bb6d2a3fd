import type { Results } from '../../commands/results.ts'
import type { Line } from '../answer.ts'
import { type Detail, readDetail } from '../detail.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { AUDIT_ACTIONS } from './audit-actions.ts'
import { inEnglish } from './say.ts'
import { settingName } from './settings.ts'

type Change = Results['audit']['changes'][number]

export function auditResults(m: Markup): ResultWords<'audit'> {
  const { and, count, percent } = inEnglish(m)

  return {
    audit: ({ changes }) =>
      changes.length === 0
        ? { headline: 'No changes yet.' }
        : {
            headline: 'Who changed what, latest first',
            sections: [{ lines: changes.map(line) }],
          },
  }

  function line({ id, at, by, action, dataset, detail }: Change): Line {
    const where = dataset === null ? '' : m.technical(dataset)
    return [m.technical(`#${id}`), m.moment(at), `${m.person(by)} ${describe(action, readDetail(detail))}`, where]
  }

  /** What a person did: `added a picture to cat`. */
  function describe(action: Change['action'], d: Detail): string {
    const label = name(d, 'label')
    const pictures = (key: string): string => count(d.count(key) ?? 1, 'picture')
    const example = number(d, 'example')
    switch (action) {
      case 'filed':
        return `added ${example || 'a picture'}${label && ` to ${label}`}`
      case 'unfiled':
        return `removed ${d.count('examples') === undefined ? 'a picture' : pictures('examples')}${label && ` from ${label}`}`
      case 'moved':
        return `moved ${example || 'a picture'}${fromTo(d)}`
      case 'excluded':
      case 'restored':
        return withdrawal(action, d)
      case 'reviewed':
        return review(d)
      case 'review undone':
        return `took back a decision${example && ` about ${example}`}`
      case 'forgotten':
        return `deleted ${pictures('examples')} for good`
      case 'label renamed':
        return `renamed ${name(d, 'renamed')} to ${name(d, 'to')}`
      case 'labels merged':
        return `merged ${name(d, 'merged')} into ${name(d, 'into')}`
      case 'label deleted':
        return `deleted ${label} and its ${pictures('examples')}`
      case 'label restored':
        return `brought back ${label} with ${pictures('examples')}`
      case 'label purged':
        return `deleted ${label || pictures('examples')} for good`
      case 'cleaned up':
        return `took back what ${person(d, 'teacher')} had done`
      case 'dataset renamed':
        return `renamed the dataset ${name(d, 'renamed')} to ${name(d, 'to')}`
      case 'dataset copied':
        return `copied the dataset ${name(d, 'copied')} to ${name(d, 'to')}`
      case 'dataset deleted':
        return `deleted the dataset ${name(d, 'deleted')}`
      case 'trained':
        return `trained version ${d.text('version') ?? ''}${accuracy(d)}`
      case 'promoted':
        return `activated version ${d.text('version') ?? ''}`
      case 'backbone changed':
        return `changed the network that reads pictures to ${name(d, 'backbone')}`
      case 'settings changed':
        return settings(d)
      case 'feedback':
        return feedback(d)
      case 'person blocked':
      case 'person unblocked':
        return `${AUDIT_ACTIONS[action]}: ${person(d, 'person')}`
      default:
        return [AUDIT_ACTIONS[action] ?? m.text(action), name(d, 'server')].filter(Boolean).join(': ')
    }
  }

  function name(d: Detail, key: string): string {
    const text = d.text(key)
    return text === undefined ? '' : m.name(text)
  }
  function person(d: Detail, key: string): string {
    const id = d.text(key)
    return id === undefined ? 'somebody' : m.person(id)
  }
  function number(d: Detail, key: string): string {
    const id = d.text(key)
    return id === undefined ? '' : m.code(`#${id}`)
  }
  function fromTo(d: Detail): string {
    const [from, to] = [name(d, 'from'), name(d, 'to')]
    return `${from && ` from ${from}`}${to && ` to ${to}`}`
  }

  function withdrawal(action: 'excluded' | 'restored', d: Detail): string {
    const pictures = d.count('examples') === undefined ? 'a picture' : count(d.count('examples') ?? 0, 'picture')
    const whose = d.text('teacher') === undefined ? '' : ` that ${person(d, 'teacher')} added`
    return action === 'excluded' ? `withdrew ${pictures}${whose}` : `put back ${pictures}${whose}`
  }

  function review(d: Detail): string {
    const example = number(d, 'example') || 'a picture'
    const agreed = d.list('also').length > 0 ? ` (agreed with ${and(d.list('also').map(m.person))})` : ''
    const from = name(d, 'from')
    switch (d.text('decision')) {
      case 'keep':
        return `kept ${example}${from && ` under ${from}`}${agreed}`
      case 'move':
        return `moved ${example}${fromTo(d)}${agreed}`
      case 'exclude':
        return `excluded ${example}${from && ` (${from})`}${agreed}`
      case 'restore':
        return `put ${example} back into training${agreed}`
      default:
        return `reviewed ${example}`
    }
  }

  function accuracy(d: Detail): string {
    const share = d.count('accuracy')
    const right = share === undefined ? '' : `, ${percent(share)} right`
    return `${right}${d.isTrue('promoted') ? ', now active' : ''}`
  }

  function settings({ entries }: Detail): string {
    const names = [...new Set(entries.flatMap(([option]) => settingName(option) ?? []))]
    return names.length === 0 ? 'changed settings' : `changed the settings: ${and(names)}`
  }

  function feedback(d: Detail): string {
    const [answer, truth] = [name(d, 'said') || '“I don’t recognize this”', name(d, 'truth')]
    if (d.isTrue('right') || d.count('right') === 1) return `said that ${answer} was right`
    return `said that ${answer} was wrong${truth && `: it is ${truth}`}`
  }
}
