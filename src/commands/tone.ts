import type { Result } from './define.ts'

/** How an answer is meant: seen by its colour before anything is read. */
export type Tone = 'sure' | 'unsure' | 'unknown' | 'success' | 'warning' | 'error' | 'neutral'

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
