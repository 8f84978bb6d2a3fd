// Somebody asks for something, and what comes of it is written down with its times.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Interaction } from '../../test/support/discord/interaction.ts'

/** Progress is no answer. */
const PROGRESS = /^\s*(Looking at pictures …|Training …|Got (it|them)\.|I’ll look at)/
const [DEFERRED, DEFERRED_UPDATE] = [5, 6]
/** Discord gives up after three seconds; whoever was not acknowledged by then never is. */
const ACKNOWLEDGED_WITHIN_MS = 3_500

/** `answeredMs`: from its acknowledgement. `finals`: different headlines that it ended with; what a training came to is added below one later. */
export type Asked = {
  kind: string
  from: Interaction
  acknowledged: boolean
  answeredMs: number | undefined
  finals: Set<string>
}

/** Resolves with the answer, or once nothing came within so many milliseconds. */
export async function ask(kind: string, from: Interaction, withinMs: number): Promise<Asked> {
  const asked: Asked = { kind, from, acknowledged: false, answeredMs: undefined, finals: new Set() }
  const acknowledgedAt = () => from.at + (from.acknowledgedAfter ?? 0)
  const note = (): void => {
    asked.acknowledged = from.type !== undefined && !from.isLate
    if (!isFinal(from)) return
    const [headline = ''] = (from.followUps.at(-1)?.text ?? from.message?.text ?? '').split('\n')
    asked.finals.add(headline)
    asked.answeredMs ??= performance.now() - acknowledgedAt()
  }
  const ended = new Promise<void>((resolve) => {
    from.changed = () => {
      note()
      if (asked.answeredMs !== undefined || from.isLate) resolve()
    }
  })
  note()
  await Promise.race([ended, sleep(ACKNOWLEDGED_WITHIN_MS, undefined, { ref: false })])
  if (asked.acknowledged && asked.answeredMs === undefined)
    await Promise.race([ended, sleep(withinMs, undefined, { ref: false })])
  return asked
}

function isFinal(from: Interaction): boolean {
  if (from.type === undefined || from.isLate) return false
  const isDeferred = from.type === DEFERRED || from.type === DEFERRED_UPDATE
  return !isDeferred || (from.edits > 0 && !PROGRESS.test(from.message?.text ?? '')) || from.followUps.length > 0
}

/** The value below which so large a share of them is. @param share from 0 to 1 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
