import { readServerLimits } from '../config.ts'
import { type Doings, type DoneTo, listDoings, listWithdrawals } from '../db/clean-up.ts'
import type { Database } from '../db/connection.ts'
import { restoreLabel } from '../db/deleted-labels.ts'
import { readLabelNow, renameLabel } from '../db/labels.ts'
import { UserError } from '../errors.ts'
import { parseLabel } from '../label.ts'

/** `left`: somebody changed it since, or it is too long ago. */
export type LabelDoing = {
  id: number
  at: string
  what: 'deleted' | 'merged' | 'renamed'
  label: string
  to: string | null
  dataset: string
  left: boolean
}

type Dataset = { id: number; name: string }

/** Labels that a person deleted, merged or renamed and that are still so, the last one first. */
export async function findLabelDoings(db: Database, { id, name }: Dataset, doings: Doings): Promise<LabelDoing[]> {
  const actions = ['label deleted', 'labels merged', 'label renamed'] as const
  const found: LabelDoing[] = []
  const renamed = new Map<number, string>()
  for (const done of await listDoings(db, id, { ...doings, actions: [...actions] })) {
    const doing = await describe(db, { done, dataset: { id, name }, renamed })
    if (doing) found.push(doing)
  }
  return found
}

/** `renamed`: what labels are called once what was done later is undone. */
type Described = { done: DoneTo; dataset: Dataset; renamed: Map<number, string> }

async function describe(
  db: Database,
  { done: { at, action, detail }, dataset, renamed }: Described,
): Promise<LabelDoing | undefined> {
  const id = Number(detail.id ?? 0)
  const now = id === 0 ? undefined : await readLabelNow(db, dataset.id, id)
  const about = { id, at, dataset: dataset.name }
  if (action === 'label renamed') {
    const [label, to] = [String(detail.renamed), String(detail.to)]
    const name = renamed.get(id) ?? now?.name
    // Undone already, or undone and done again by somebody else.
    if (name === label) return undefined
    renamed.set(id, label)
    return { ...about, what: 'renamed', label, to, left: name !== to }
  }
  // Brought back already.
  if (now && now.deletedAt === null) return undefined
  const left = now === undefined
  if (action === 'label deleted') return { ...about, what: 'deleted', label: String(detail.label), to: null, left }
  return { ...about, what: 'merged', label: String(detail.merged), to: String(detail.into), left }
}

type Undoing = { doing: LabelDoing; by: string }

/** @returns false where it cannot be undone by now */
export async function undoLabelDoing(db: Database, dataset: number, { doing, by }: Undoing): Promise<boolean> {
  try {
    if (doing.what === 'renamed')
      await renameLabel(db, dataset, { from: parseLabel(doing.to ?? ''), to: parseLabel(doing.label), by })
    else await restoreLabel(db, dataset, { label: doing.id, by, as: 'manager', limits: readServerLimits() })
    return true
  } catch (error) {
    if (error instanceof UserError) return false
    throw error
  }
}

/** `withdrawn`: what their pictures were before. `at`: when the person did it last. */
type Withdrawal = { at: string; teacher: string; withdrawn: boolean }

/** Teachers whose pictures a person withdrew, or put back, and nobody else did since. */
export async function findWithdrawals(db: Database, dataset: number, doings: Doings): Promise<Withdrawal[]> {
  const done = await listDoings(db, dataset, { ...doings, actions: ['excluded', 'restored'] })
  const teachers = new Set(done.flatMap(({ detail }) => (typeof detail.teacher === 'string' ? detail.teacher : [])))
  const found: Withdrawal[] = []
  for (const teacher of teachers) {
    const all = await listWithdrawals(db, dataset, teacher)
    const [last] = all
    const first = all.findLastIndex(({ by, at }) => by === doings.person && at >= doings.since)
    const before = all[first + 1]
    if (!last || last.by !== doings.person) continue
    const withdrawn = before?.action === 'excluded'
    if (withdrawn !== (last.action === 'excluded')) found.push({ at: last.at, teacher, withdrawn })
  }
  return found
}
