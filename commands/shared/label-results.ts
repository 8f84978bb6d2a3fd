import { type CommandEvent, result } from '../../src/commands/define.ts'
import type { RestoredLabel } from '../../src/db/deleted-labels.ts'
import { UNDO_DAYS } from '../../src/db/undo-days.ts'

type Found = { label: string; examples: number; only: number; mark: string }

/** `changed`: they confirmed what is another one by now. */
export function askToDelete({ mark, ...found }: Found, changed = false): CommandEvent {
  const values = { ...found, days: UNDO_DAYS, changed }
  const options = { label: found.label, mark }
  return result('deleteLabelAsk', values, { choices: [{ key: 'deleteLabel', command: 'delete-label', options }] })
}

/** `undo`: the id of the label, where there is a button to bring it back with. */
export function deleted(name: string, { examples }: { examples: number }, undo?: number): CommandEvent {
  const values = { deleted: name, examples, days: UNDO_DAYS }
  if (undo === undefined) return result('labelDeleted', values)
  return result('labelDeleted', values, {
    choices: [{ key: 'undo', command: 'restore-label', options: { label: undo } }],
  })
}

export const restored = (label: RestoredLabel): CommandEvent => result('labelRestored', label)
