import type { Reason } from '../db/label-issues.ts'

/** Why a picture is suspect, in English without markup: for the command line and reports. */
export const sayReasons = (reasons: Reason[]): string => reasons.map(sayReason).join('; ')

function sayReason(reason: Reason): string {
  switch (reason.kind) {
    case 'looks-like':
      return `looks like ${reason.label}`
    case 'unlike':
      return 'like nothing else under this label'
    case 'also-under':
      return `same picture also under ${reason.label} (#${reason.example})`
    case 'blank':
      return 'almost blank'
    case 'small':
      return 'very small'
  }
}
