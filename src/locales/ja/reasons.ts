import type { Reason } from '../../db/label-issues.ts'
import type { Markup } from '../markup.ts'

/** Why a picture is suspect. */
export const describeReasons = (m: Markup, reasons: readonly Reason[]): string =>
  reasons.map((reason) => describeReason(m, reason)).join('、')

function describeReason(m: Markup, reason: Reason): string {
  switch (reason.kind) {
    case 'looks-like':
      return `${m.name(reason.label)} に似ています`
    case 'unlike':
      return 'このラベルのほかの画像に似ていません'
    case 'also-under':
      return `ほぼ同じ画像が ${m.name(reason.label)} にもあります（${m.code(`#${reason.example}`)}）`
    case 'blank':
      return 'ほとんど無地です'
    case 'small':
      return 'とても小さい画像です'
  }
}
