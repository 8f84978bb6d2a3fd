import { words } from '../lib/words.ts'
import type { Suspect } from './queue.ts'

type Reason = Suspect['reasons'][number]

/** Why a picture is suspect, a sentence each. */
export const sayReasons = ({ reasons }: Suspect): string[] => reasons.map(sayReason)

function sayReason(reason: Reason): string {
  const { reasons: w } = words().review
  switch (reason.kind) {
    case 'looks-like':
      return w.looksLike(reason.label)
    case 'also-under':
      return w.alsoUnder(reason.label, reason.example)
    default:
      return w[reason.kind]
  }
}
