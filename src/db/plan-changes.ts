import type { Transaction } from 'kysely'
import type { Label } from '../label.ts'
import { type Change, type ExampleRow, findUnder } from './decisions.ts'
import { upsertLabel } from './labels.ts'
import type { Decision, Schema } from './schema.ts'
import { type Actor, outcomeOf, standingOf } from './transitions.ts'

type Plan = { rows: ExampleRow[]; decision: Decision; as: Actor; label?: Label | undefined }

/** `beside`: what becomes of examples that have the picture of a moved one already. */
type Planned = { changes: Change[]; beside: Change[]; refused: number }

/**
 * What a decision makes of examples that `as` may decide about. Moved to a label that has the same picture already, the
 * example there stays and this one is excluded.
 * @returns `refused`: how many cannot be moved, since the picture was decided about under the other label
 */
export async function planChanges(
  t: Transaction<Schema>,
  dataset: number,
  { rows, decision, as, label }: Plan,
): Promise<Planned> {
  const planned: Planned = { changes: [], beside: [], refused: 0 }
  if (decision !== 'move' || !label || rows.length === 0) {
    planned.changes.push(...rows.flatMap((row) => planAlone(row, decision, as) ?? []))
    return planned
  }
  const target = await upsertLabel(t, dataset, label)
  const pictures = rows.map((row) => row.picture)
  const there = await findUnder(t, target, pictures)
  for (const row of rows) {
    const same = there.get(row.picture)
    const isBeside = same !== undefined && same.id !== row.id
    const kept = planAlone(isBeside ? same : row, 'move', as, target)
    if (!kept) planned.refused++
    else if (isBeside) {
      planned.changes.push({ row, to: 'excluded', label: row.labelId })
      planned.beside.push(kept)
    } else {
      planned.changes.push(kept)
      there.set(row.picture, row)
    }
  }
  return planned
}

function planAlone(row: ExampleRow, decision: Decision, as: Actor, label = row.labelId): Change | undefined {
  const to = outcomeOf(decision, standingOf(row), as)
  return to === 'kept' || to === 'vouched' || to === 'excluded' ? { row, to, label } : undefined
}
