import { type CommandEvent, result } from '../../src/commands/define.ts'
import type { Decision } from '../../src/db/schema.ts'

type Decided = { done: number; waiting: number; refused: number }

/** What became of a decision about several examples. */
export function reviewed(decision: Decision, label: string | null, { done, waiting, refused }: Decided): CommandEvent {
  const values = { decision, label, done, waiting }
  return result('reviewed', refused > 0 ? { ...values, refused } : values)
}
