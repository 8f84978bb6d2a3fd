import type { Reason } from '../../db/label-issues.ts'
import type { Markup } from '../markup.ts'

/** Why a picture is suspect. */
export const describeReasons = (m: Markup, reasons: readonly Reason[]): string =>
  reasons.map((reason) => describeReason(m, reason)).join('; ')

function describeReason(m: Markup, reason: Reason): string {
  switch (reason.kind) {
    case 'looks-like':
      return `looks like ${m.name(reason.label)}`
    case 'unlike':
      return 'like nothing else under this label'
    case 'also-under':
      return `nearly the same picture is also under ${m.name(reason.label)} (${m.code(`#${reason.example}`)})`
    case 'blank':
      return 'almost blank'
    case 'small':
      return 'very small'
  }
}
