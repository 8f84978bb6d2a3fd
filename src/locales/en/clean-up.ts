import { layOutCleanUp } from '../layouts/clean-up.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { AUDIT_ACTIONS } from './audit-actions.ts'
import { inEnglish } from './say.ts'

export function cleanUpResults(m: Markup): ResultWords<'cleanUpFound' | 'cleanedUp'> {
  const { and, count } = inEnglish(m)

  return layOutCleanUp(m, {
    person: m.person,
    nothing: (who, since) => `${who} has done nothing since ${since} that can be taken back.`,
    ask: (who, since) => `Take back what ${who} has done since ${since}?`,
    done: (who, since) => `Took back what ${who} has done since ${since}.`,
    changed: 'It is more, or less, than what I showed you. Look again:',
    final: 'Added pictures are deleted; I can’t bring them back.',
    nothingLeft: 'Nothing was left to take back.',
    sentence: (parts) => `${and(parts)}.`,
    parts: {
      additions: (n) => count(n, 'added picture'),
      decisions: (n) => count(n, 'move or decision', 'moves and decisions'),
      labels: (n) => count(n, 'changed label'),
      withdrawals: (n) => count(n, 'withdrawal'),
      feedback: (n) => `feedback on ${count(n, 'answer')}`,
    },
    titles: {
      labels: 'Labels',
      withdrawals: 'Withdrawn, or put back',
      left: 'Changed by others since: stays',
      lost: 'I can’t take back',
    },
    labels: {
      deleted: (label) => `${label} deleted`,
      merged: (label, into) => `${label} merged into ${into}`,
      renamed: (label, to) => `${label} renamed ${to}`,
    },
    actions: AUDIT_ACTIONS,
    times: (changes) => count(changes, 'time'),
  })
}
