import { randomUUID } from 'node:crypto'
import { readServerLimits } from '../config.ts'
import type { ServiceContext } from '../context.ts'
import { BATCH, chunks } from '../db/chunks.ts'
import { bringSomeBack, removeForNow } from '../db/removed-examples.ts'
import { decide } from '../db/reviews.ts'
import type { Decision } from '../db/schema.ts'
import { type Actor, alone } from '../db/transitions.ts'
import { undoSome } from '../db/undo-change.ts'
import { UserError } from '../errors.ts'
import type { Label } from '../label.ts'
import { type Progress, pictureProgress } from '../progress.ts'

/** Examples that are changed at once. */
const MAX_CHANGED = 10_000

/** `remove`: from their labels. */
export const CHANGES = ['keep', 'exclude', 'restore', 'move', 'remove'] as const

type Change = {
  examples: readonly number[]
  change: Decision | 'remove'
  /** Where `move` moves them. */
  label?: Label | undefined
  by: string
  /** In which capacity `by` acts. */
  as: Actor
  /** Reviewers who must decide the same before it is carried out, from 1. */
  agreement: number
}

/** `id`: to undo it by. `refused`: about which this person may not decide. `gone`: that the dataset does not have anymore. */
type ChangedExamples = { id: string; done: number; waiting: number; refused: number; gone: number }

/**
 * Changes many examples in the same way, some at a time: others have their turn meanwhile. What was done stays done where it is
 * cut off. Yields how far it is. Throws UserError review.too-many, label.empty, limit.labels
 */
export async function* changeExamples(
  { db, events }: ServiceContext,
  dataset: number,
  { examples, change, by, as, agreement, label }: Change,
): AsyncGenerator<Progress, ChangedExamples> {
  const ids = [...new Set(examples)]
  if (ids.length > MAX_CHANGED)
    throw new UserError('review.too-many', `Expected at most ${MAX_CHANGED} pictures at once, received ${ids.length}`)
  const id = randomUUID()
  const limits = readServerLimits()
  const changed = { id, done: 0, waiting: 0, refused: 0, gone: ids.length }

  async function changeSome(some: number[]) {
    if (change !== 'remove')
      return decide(db, dataset, { examples: some, decision: change, label, by, as, agreement, limits, batch: id })
    const about = { examples: some, by, as: alone(as, agreement), change: id }
    const { removed, refused } = await removeForNow(db, dataset, about)
    return { done: removed, waiting: 0, refused }
  }

  for (const [i, some] of [...chunks(ids)].entries()) {
    const { done, waiting, refused } = await changeSome(some)
    if (done > 0) events.emit('examplesChanged', dataset, done)
    changed.done += done
    changed.waiting += waiting
    changed.refused += refused
    changed.gone -= done + waiting + refused
    yield pictureProgress(Math.min(ids.length, (i + 1) * BATCH), ids.length)
  }
  return changed
}

type Undoing = { change: string; by: string; as: Actor; agreement: number }

/**
 * Undoes exactly what was changed together, some at a time, the latest first. `undone`: how many are what they were; `left`:
 * those that somebody changed since, and that stay. Yields how far it is. Throws UserError label.deleted-by, limit.labels
 */
export async function* undoChange(
  { db, events }: ServiceContext,
  dataset: number,
  { change, by, as, agreement }: Undoing,
): AsyncGenerator<Progress, { undone: number; left: number }> {
  const limits = readServerLimits()
  const total = { undone: 0, left: 0 }
  for (let before: number | undefined = Number.MAX_SAFE_INTEGER; before !== undefined; ) {
    const { undone, waited, left, last } = await undoSome(db, dataset, { change, by, limits, before })
    if (undone.length > waited) events.emit('examplesChanged', dataset, undone.length - waited)
    total.undone += undone.length
    total.left += left.length
    before = last
    yield pictureProgress(total.undone)
  }
  for (let after: number | undefined = 0; after !== undefined; ) {
    const back = await bringSomeBack(db, dataset, { change, by, as: alone(as, agreement), limits, after })
    if (!back) break
    if (back.undone > 0) events.emit('examplesChanged', dataset, back.undone)
    total.undone += back.undone
    total.left += back.left
    after = back.last
    yield pictureProgress(total.undone)
  }
  return total
}
