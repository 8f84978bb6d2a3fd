import { randomUUID } from 'node:crypto'
import type { Transaction } from 'kysely'
import { UserError } from '../errors.ts'
import { type Label, parseLabel } from '../label.ts'
import { withinLabelLimit } from './admission.ts'
import { recordChanges } from './audit.ts'
import { chunks } from './chunks.ts'
import type { Database } from './connection.ts'
import { applyChanges, type Change, type ExampleBefore, type ExampleRow, readExampleRows } from './decisions.ts'
import { deleteEmptyLabels } from './labels.ts'
import { planChanges } from './plan-changes.ts'
import type { Decision, Schema } from './schema.ts'
import type { Limits } from './server-limits.ts'
import { changeDataset } from './transactions.ts'
import { type Actor, columnsOf, isVote, outcomeOf, standingOf } from './transitions.ts'

/**
 * `as`: in which capacity `by` decides. `label`: where `move` moves them; of no meaning for other decisions. `shown`: the ids
 * of the labels that they had when they were shown, by example: what has changed since is left as it is. `limits`: what a
 * server may have for which nothing was set. `batch`: what decisions are undone together by; those of one call, where they were shown.
 */
type Verdict = {
  examples: readonly number[]
  by: string
  as: Actor
  decision: Decision
  label?: Label | undefined
  shown?: ReadonlyMap<number, number> | undefined
  limits?: Limits | undefined
  batch?: string | undefined
}

/**
 * Examples for which a decision was carried out, that wait for other reviewers, and that `as` may not decide about. `changed`:
 * those that are no longer as they were shown, with the label that they have now; null: they are gone.
 */
type Decided = { done: number; waiting: number; refused: number; changed?: { example: number; label: string | null }[] }

/**
 * Carries a decision out, or writes it down until enough reviewers say the same. What a teacher may do is no vote, and is
 * done at once (transitions.ts).
 * @param agreement how many must say the same, from 1
 * Throws UserError review.gone where the dataset has none of the examples anymore; review.decided, review.withdrawn where
 * `as` may not decide about any of them (transitions.ts); label.empty where `move` names no label; limit.labels
 */
export function decide(
  db: Database,
  dataset: number,
  { agreement, ...verdict }: Verdict & { agreement: number },
): Promise<Decided> {
  if (verdict.decision === 'move' && !verdict.label)
    throw new UserError('label.empty', 'Expected a label to move the example to, received none')
  return changeDataset(db, dataset, (t) => {
    const change = () => decideIn(t, dataset, { agreement, ...verdict })
    return verdict.decision === 'move'
      ? withinLabelLimit(t, { dataset, limits: verdict.limits ?? {} }, change)
      : change()
  })
}

async function decideIn(
  t: Transaction<Schema>,
  dataset: number,
  { agreement, ...verdict }: Verdict & { agreement: number },
): Promise<Decided> {
  const found = await readExampleRows(t, dataset, verdict.examples)
  const rows = [...found.values()].filter((row) => isAsShown(row, verdict))
  const isPart = verdict.shown !== undefined || verdict.batch !== undefined
  if (rows.length === 0 && !isPart) throw gone(verdict.examples)
  const allowed = rows.filter((row) => outcomeOf(verdict.decision, standingOf(row), verdict.as) !== undefined)
  const agreeing = await readAgreeing(t, verdict, allowed)
  const isReady = (row: ExampleRow): boolean =>
    (agreeing.get(row.id)?.size ?? 0) + 1 >= agreement || !isVote(verdict.decision, standingOf(row), verdict.as)
  const waiting = allowed.filter((row) => !isReady(row))
  const { changes, beside, refused } = await planChanges(t, dataset, { ...verdict, rows: allowed.filter(isReady) })
  if (changes.length + waiting.length === 0 && !isPart) throw refusal(rows)

  const batch = verdict.batch ?? (verdict.shown ? randomUUID() : null)
  // A reviewer who changes their mind has one word only.
  await writeWaiting(t, dataset, { ...verdict, examples: waiting.map((row) => row.id), batch })
  await recordDecisions(t, dataset, { verdict, changes, agreeing, batch })
  if (verdict.batch !== undefined) await recordBeside(t, dataset, { verdict, changes: beside, batch: verdict.batch })
  await applyChanges(t, [...changes, ...beside])
  if (verdict.decision === 'move') await deleteEmptyLabels(t, dataset)
  const done = changes.length
  const decided = { done, waiting: waiting.length, refused: rows.length - allowed.length + refused }
  return verdict.shown ? { ...decided, changed: listChanged(verdict, found) } : decided
}

/** What was shown for a decision was learned from, and no reviewer had confirmed it. */
const isAsShown = (row: ExampleRow, { shown }: Verdict): boolean =>
  !shown || (shown.get(row.id) === row.labelId && standingOf(row) === 'kept')

const listChanged = (verdict: Verdict, found: Map<number, ExampleRow>) =>
  verdict.examples
    .filter((example) => {
      const row = found.get(example)
      return !row || !isAsShown(row, verdict)
    })
    .map((example) => ({ example, label: found.get(example)?.label ?? null }))

const gone = ([example]: readonly number[]): UserError =>
  new UserError('review.gone', `Expected an example of this dataset, found none with the number ${example}`)

function refusal(rows: ExampleRow[]): UserError {
  const example = rows[0]?.id ?? 0
  if (rows.every((row) => row.state === 'withdrawn'))
    return new UserError(
      'review.withdrawn',
      `Expected an example that is learned from or excluded, received #${example}, which was withdrawn with all that its teacher added: use \`withdraw --restore\``,
      { example },
    )
  return new UserError(
    'review.decided',
    `Expected an example that no reviewer decided about, received #${example}: ask a reviewer`,
    { example },
  )
}

/** Who else has said the same of each example, and waits; labels are compared by key. */
async function readAgreeing(
  t: Transaction<Schema>,
  { by, decision, label }: Verdict,
  rows: ExampleRow[],
): Promise<Map<number, Set<string>>> {
  const agreeing = new Map<number, Set<string>>()
  for (const some of chunks(rows.map((row) => row.id))) {
    const said = await t
      .selectFrom('reviews')
      .select(['example', 'by', 'label'])
      .where('example', 'in', some)
      .where('state', '=', 'waiting')
      .where('decision', '=', decision)
      .where('by', '!=', by)
      .execute()
    for (const { example, by: other, label: theirs } of said)
      if (decision !== 'move' || (theirs !== null && parseLabel(theirs).key === label?.key))
        agreeing.set(example, (agreeing.get(example) ?? new Set()).add(other))
  }
  return agreeing
}

async function writeWaiting(
  t: Transaction<Schema>,
  dataset: number,
  verdict: Omit<Verdict, 'batch'> & { batch: string | null },
): Promise<void> {
  for (const some of chunks(verdict.examples)) {
    await t
      .deleteFrom('reviews')
      .where('example', 'in', some)
      .where('state', '=', 'waiting')
      .where('by', '=', verdict.by)
      .execute()
    const about = rowOf(dataset, verdict)
    const { batch } = verdict
    const rows = some.map((example) => ({ ...about, example, state: 'waiting' as const, before: null, batch }))
    await t.insertInto('reviews').values(rows).execute()
  }
}

const rowOf = (dataset: number, { by, decision, label }: Pick<Verdict, 'by' | 'decision' | 'label'>) => ({
  dataset,
  by,
  decision,
  label: label?.name ?? null,
  at: new Date().toISOString(),
})

type CarriedOut = { verdict: Verdict; changes: Change[]; agreeing: Map<number, Set<string>>; batch: string | null }

async function recordDecisions(
  t: Transaction<Schema>,
  dataset: number,
  { verdict, changes, agreeing, batch }: CarriedOut,
): Promise<void> {
  const { by, decision, label } = verdict
  const about = rowOf(dataset, verdict)
  for (const some of chunks(changes)) {
    const ids = some.map(({ row }) => row.id)
    await t.deleteFrom('reviews').where('example', 'in', ids).where('state', '=', 'waiting').execute()
    const rows = some.map((change) => ({
      ...about,
      example: change.row.id,
      state: 'done' as const,
      batch,
      before: JSON.stringify(describeBefore(change)),
    }))
    await t.insertInto('reviews').values(rows).execute()
  }
  const details = changes.map(({ row }) => {
    const also = agreeing.get(row.id)
    return { example: row.id, decision, from: row.label, to: label?.name, also: also && [...also] }
  })
  await recordChanges(t, { dataset, by, action: 'reviewed' }, details)
}

type Beside = { verdict: Verdict; changes: Change[]; batch: string }

/** What becomes of examples that had the picture of a moved one already, so that this is undone, too. */
async function recordBeside(t: Transaction<Schema>, dataset: number, { verdict, changes, batch }: Beside) {
  const about = { ...rowOf(dataset, verdict), state: 'done' as const, batch }
  const changed = changes.filter(({ row, to }) => to !== standingOf(row))
  for (const some of chunks(changed)) {
    const rows = some.map((change) => ({
      ...about,
      example: change.row.id,
      before: JSON.stringify(describeBefore(change)),
    }))
    await t.insertInto('reviews').values(rows).execute()
  }
}

const describeBefore = ({ row, to, label }: Change): ExampleBefore => ({
  label: row.label,
  state: row.state,
  vouched: row.vouched,
  labelId: row.labelId,
  after: { ...columnsOf(to), labelId: label },
})

/** How many others have decided about some examples and wait for one more reviewer; examples without any are missing. */
export async function countVotes(db: Database, examples: readonly number[], by: string): Promise<Map<number, number>> {
  if (examples.length === 0) return new Map()
  const rows = await db
    .selectFrom('reviews')
    .select(['example', (e) => e.fn.count<number>('by').distinct().as('votes')])
    .where('example', 'in', [...examples])
    .where('state', '=', 'waiting')
    .where('by', '!=', by)
    .groupBy('example')
    .execute()
  return new Map(rows.map(({ example, votes }) => [example, votes]))
}

/** Examples that a reviewer has decided about and that wait for another reviewer. */
export async function listWaitingFor(db: Database, dataset: number, by: string): Promise<Set<number>> {
  const rows = await db
    .selectFrom('reviews')
    .select('example')
    .where('dataset', '=', dataset)
    .where('by', '=', by)
    .where('state', '=', 'waiting')
    .execute()
  return new Set(rows.map((row) => row.example))
}
