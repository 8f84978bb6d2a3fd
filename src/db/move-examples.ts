import { BATCH } from './chunks.ts'
import { sql, type Transaction } from './kysely.ts'
import type { Schema } from './schema.ts'
import { type Actor, isAtLeast } from './transitions.ts'

/** Ids of labels. */
export type Pair = { source: number; target: number }

/**
 * `as`: in which capacity somebody joins them. `aside`: the id of an empty label, where it is written down what every
 * example was, so that joining can be undone (undo-merge.ts); without it, what gives way is deleted.
 */
type Joining = { as: Actor; aside?: number }

/**
 * Moves the source's examples to the target, or drops them where the target's stay: some at a time, so that no statement
 * takes long. All of them are in one transaction: labels that are joined in part are never seen.
 * @returns examples that moved, and pictures that both had
 */
export async function moveExamples(
  t: Transaction<Schema>,
  pair: Pair,
  { as, aside }: Joining,
): Promise<{ moved: number; inBoth: number }> {
  const next = t
    .selectFrom('examples')
    .select('picture')
    .where('label', '=', pair.source)
    .where('state', '<>', 'deleted')
    .limit(BATCH)
  for (let moved = 0, inBoth = 0; ; ) {
    const pictures = (await next.execute()).map((row) => row.picture)
    if (pictures.length === 0) return { moved, inBoth }
    const some = { ...pair, pictures, as, aside }
    if (aside !== undefined) await noteBefore(t, some)
    await joinVouched(t, some)
    const replaced = await dropWeaker(t, some)
    moved += (await moveNew(t, some)) - replaced
    inBoth += (await dropRest(t, some)) + replaced
    if (aside === undefined) continue
    await t.updateTable('examples').set({ label: pair.source }).where('label', '=', aside).execute()
    await noteAfter(t, some)
  }
}

/** `pictures`: the ids of those that the source has and that a statement is about. */
type Some = Pair & { pictures: number[]; as: Actor; aside: number | undefined }

/** The example of the same picture under a label, as a condition on the row of `examples`. */
const sameUnder = (label: number) =>
  sql`select 1 from examples as other where other.label = ${label} and other.picture = examples.picture`

/** What the examples of both labels are. */
async function noteBefore(t: Transaction<Schema>, { source, target, pictures }: Some): Promise<void> {
  for (const label of [source, target])
    await sql`insert into merged_examples (label, example, before_label, before_state, before_vouched,
        after_label, after_state, after_vouched)
      select ${source}, id, label, state, vouched, label, state, vouched from examples
      where label = ${label} and state <> 'deleted' and picture in (${sql.join(pictures)})`.execute(t)
}

async function noteAfter(t: Transaction<Schema>, { source, target, pictures }: Some): Promise<void> {
  for (const label of [source, target])
    await sql`update merged_examples set (after_label, after_state, after_vouched) =
        (select label, state, vouched from examples where id = example)
      where label = ${source} and before_label = ${label}
        and example in (select id from examples where picture in (${sql.join(pictures)}))`.execute(t)
}

/** Whichever of two examples stays, what a reviewer said about one is said about it; withdrawing takes nothing of that back. */
async function joinVouched(t: Transaction<Schema>, { source, target, pictures }: Some): Promise<void> {
  for (const [label, other] of [
    [target, source],
    [source, target],
  ] as const)
    await t
      .updateTable('examples')
      .set({ vouched: 1 })
      .where('picture', 'in', pictures)
      .where('label', '=', label)
      .where('state', 'in', ['kept', 'withdrawn'])
      .where(sql<boolean>`exists (${sameUnder(other)} and other.state in ('kept', 'withdrawn') and other.vouched = 1)`)
      .execute()
}

/** The target's examples that give way to the source's. @returns how many */
function dropWeaker(t: Transaction<Schema>, { source, target, pictures, as, aside }: Some): Promise<number> {
  const replaceable = isAtLeast(as, 'reviewer') ? ['excluded', 'withdrawn'] : ['withdrawn']
  const isWeaker = sql<boolean>`examples.state in (${sql.join(replaceable)})
    and exists (${sameUnder(source)} and (other.state = 'kept' or
      (other.state = 'excluded' and examples.state = 'withdrawn')))`
  return drop(t, { label: target, pictures, aside, where: isWeaker })
}

/** What the target has. @returns how many */
const dropRest = (t: Transaction<Schema>, { source, pictures, aside }: Some): Promise<number> =>
  drop(t, { label: source, pictures, aside: aside && source, where: sql<boolean>`state <> 'deleted'` })

/** `aside`: where they wait for being brought back. */
type Dropped = {
  label: number
  pictures: number[]
  aside: number | undefined
  where: ReturnType<typeof sql<boolean>>
}

async function drop(t: Transaction<Schema>, { label, pictures, aside, where }: Dropped): Promise<number> {
  if (aside === undefined) {
    const deleted = t.deleteFrom('examples').where('picture', 'in', pictures).where('label', '=', label).where(where)
    return Number((await deleted.executeTakeFirst()).numDeletedRows)
  }
  const hidden = t
    .updateTable('examples')
    .set({ label: aside, state: 'deleted', state_before: sql`state` })
    .where('picture', 'in', pictures)
    .where('label', '=', label)
    .where(where)
  return Number((await hidden.executeTakeFirst()).numUpdatedRows)
}

/** Moves what the target does not have. @returns how many */
async function moveNew(t: Transaction<Schema>, { source, target, pictures }: Some): Promise<number> {
  const { numUpdatedRows } = await t
    .updateTable('examples')
    .set({ label: target })
    .where('picture', 'in', pictures)
    .where('label', '=', source)
    .where('state', '<>', 'deleted')
    .where(sql<boolean>`not exists (${sameUnder(target)})`)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
