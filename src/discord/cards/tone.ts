import type { Result } from '../../commands/define.ts'

/** How an answer is meant: seen by a card's colour before anything is read. */
export type Tone = 'sure' | 'unsure' | 'unknown' | 'success' | 'warning' | 'error' | 'neutral'

/** As RGB; told apart on Discord's dark theme and on its light one. The words say the same to those who see no colours. */
export const COLORS: Record<Tone, number> = {
  sure: 0x23a55a,
  unsure: 0xf0b232,
  unknown: 0x80848e,
  success: 0x23a55a,
  warning: 0xf0b232,
  error: 0xf23f43,
  neutral: 0x5865f2,
}

/** What is not named here asks nothing of anybody: it is neutral. */
export function toneOf({ key, values }: Result): Tone {
  switch (key) {
    case 'predicted':
      return 'error' in values ? 'error' : values.grade
    case 'added':
      return doneOrNot(values.added + values.duplicates, values.rejected.length)
    case 'removed':
      return doneOrNot(values.removed, values.rejected.length)
    case 'moved':
      return doneOrNot(values.moved.length + values.unchanged, values.rejected.length)
    case 'reviewed':
      return doneOrNot(values.done + values.waiting, values.refused ?? 0)
    case 'trained':
      return values.promoted ? 'success' : 'warning'
    case 'withdrawn':
      return values.examples > 0 ? 'success' : 'neutral'
    case 'forgetAsk':
    case 'withdrawAsk':
    case 'removeAsk':
    case 'deleteLabelAsk':
    case 'datasetAsk':
    case 'cleanUpFound':
    case 'pictureGone':
      return 'warning'
    case 'settings':
      return values.changed.length > 0 ? 'success' : 'neutral'
    case 'undone':
    case 'labelRenamed':
    case 'labelsMerged':
    case 'labelDeleted':
    case 'labelRestored':
    case 'datasetRemoved':
    case 'datasetRenamed':
    case 'datasetCopied':
    case 'cleanedUp':
    case 'ignoring':
    case 'rolledBack':
    case 'restored':
    case 'forgotten':
    case 'feedbackGiven':
    case 'reviewDone':
    case 'reviewUndone':
    case 'backboneChosen':
      return 'success'
    default:
      return 'neutral'
  }
}

/** @param used how many could be taken @param left how many could not */
function doneOrNot(used: number, left: number): Tone {
  if (left === 0) return 'success'
  return used > 0 ? 'warning' : 'error'
}
