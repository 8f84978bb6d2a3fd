import { type ChangeFacts, layOutAudit } from '../layouts/audit.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { AUDIT_ACTIONS } from './audit-actions.ts'
import { inEnglish } from './say.ts'
import { settingName } from './settings.ts'

const SOMEBODY = 'somebody'

export function auditResults(m: Markup): ResultWords<'audit'> {
  const { and, count, percent } = inEnglish(m)
  const some = ({ pictures }: ChangeFacts): string =>
    pictures === undefined ? 'a picture' : count(pictures, 'picture')
  const all = ({ pictures = 1 }: ChangeFacts): string => count(pictures, 'picture')
  const one = ({ example }: ChangeFacts): string => example || 'a picture'
  const fromTo = ({ from, to }: ChangeFacts): string => `${from && ` from ${from}`}${to && ` to ${to}`}`
  const whose = ({ teacher }: ChangeFacts): string => teacher && ` that ${teacher} added`
  const agreed = (f: ChangeFacts): string => (f.agreed.length > 0 ? ` (agreed with ${and(f.agreed)})` : '')

  return layOutAudit(m, {
    none: 'No changes yet.',
    headline: 'Who changed what, latest first',
    line: (who, what) => `${who} ${what}`,
    actions: AUDIT_ACTIONS,
    about: (action, name) => `${action}: ${name}`,
    did: {
      filed: (f) => `added ${one(f)}${f.label && ` to ${f.label}`}`,
      unfiled: (f) => `removed ${some(f)}${f.label && ` from ${f.label}`}`,
      moved: (f) => `moved ${one(f)}${fromTo(f)}`,
      excluded: (f) => `withdrew ${some(f)}${whose(f)}`,
      restored: (f) => `put back ${some(f)}${whose(f)}`,
      'review undone': ({ example }) => `took back a decision${example && ` about ${example}`}`,
      forgotten: (f) => `deleted ${all(f)} for good`,
      'label renamed': ({ renamed, to }) => `renamed ${renamed} to ${to}`,
      'labels merged': ({ merged, into }) => `merged ${merged} into ${into}`,
      'label deleted': (f) => `deleted ${f.label} and its ${all(f)}`,
      'label restored': (f) => `brought back ${f.label} with ${all(f)}`,
      'label purged': (f) => `deleted ${f.label || all(f)} for good`,
      'cleaned up': ({ teacher }) => `took back what ${teacher || SOMEBODY} had done`,
      'dataset renamed': ({ renamed, to }) => `renamed the dataset ${renamed} to ${to}`,
      'dataset copied': ({ copied, to }) => `copied the dataset ${copied} to ${to}`,
      'dataset deleted': ({ deleted }) => `deleted the dataset ${deleted}`,
      trained({ version, accuracy, isActive }) {
        const right = accuracy === undefined ? '' : `, ${percent(accuracy)} right`
        return `trained version ${version}${right}${isActive ? ', now active' : ''}`
      },
      promoted: ({ version }) => `activated version ${version}`,
      'backbone changed': ({ backbone }) => `changed the network that reads pictures to ${backbone}`,
      'settings changed'({ options }) {
        const names = [...new Set(options.flatMap((option) => settingName(option) ?? []))]
        return names.length === 0 ? 'changed settings' : `changed the settings: ${and(names)}`
      },
      feedback({ said, truth, isRight }) {
        const answer = said || '“I don’t recognize this”'
        return isRight ? `said that ${answer} was right` : `said that ${answer} was wrong${truth && `: it is ${truth}`}`
      },
      'person blocked': ({ person }) => `${AUDIT_ACTIONS['person blocked']}: ${person || SOMEBODY}`,
      'person unblocked': ({ person }) => `${AUDIT_ACTIONS['person unblocked']}: ${person || SOMEBODY}`,
    },
    reviewed: {
      keep: (f) => `kept ${one(f)}${f.from && ` under ${f.from}`}${agreed(f)}`,
      move: (f) => `moved ${one(f)}${fromTo(f)}${agreed(f)}`,
      exclude: (f) => `excluded ${one(f)}${f.from && ` (${f.from})`}${agreed(f)}`,
      restore: (f) => `put ${one(f)} back into training${agreed(f)}`,
      otherwise: (f) => `reviewed ${one(f)}`,
    },
  })
}
