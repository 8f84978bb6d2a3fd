import type { Transaction } from 'kysely'
import { z } from 'zod'
import { UserError } from '../errors.ts'
import { type Label, parseLabel } from '../label.ts'
import { recordChange } from './audit.ts'
import { changeDataset, type Database } from './connection.ts'
import { deleteUnused, upsertLabel } from './labels.ts'
import type { Schema } from './schema.ts'

export type Decision = 'keep' | 'exclude' | 'move' | 'restore'
type Verdict = { example: number; decision: Decision; label?: Label; by: string }

/** What an example was before it was decided upon. */
const Before = z.object({ label: z.string(), state: z.enum(['kept', 'excluded', 'withdrawn']), vouched: z.int() })
type Before = z.infer<typeof Before>

/**
 * Carries a decision out, or writes it down until another reviewer says the same. @param agreement how many must say so
 * @returns whether it was carried out. Throws UserError review.gone where the example is not there any more
 */
export function decide(db: Database, dataset: number, verdict: Verdict, agreement: number): Promise<boolean> {
  return changeDataset(db, dataset, async (t) => {
    const { example, decision, label, by } = verdict
    const before = await find(t, dataset, example)
    const said = t
      .selectFrom('reviews')
      .select(['by'])
      .where('example', '=', example)
      .where('state', '=', 'waiting')
      .where('decision', '=', decision)
      .where('label', label ? '=' : 'is', label?.name ?? null)
    const others = new Set((await said.execute()).map((r) => r.by))
    others.delete(by)
    const row = { dataset, example, by, decision, label: label?.name ?? null, at: new Date().toISOString() }
    // Whoever changes their mind has one word only.
    await t
      .deleteFrom('reviews')
      .where('example', '=', example)
      .where('by', '=', by)
      .where('state', '=', 'waiting')
      .execute()
    if (others.size + 1 < agreement) {
      await t
        .insertInto('reviews')
        .values({ ...row, state: 'waiting', before: null })
        .execute()
      return false
    }
    await t.deleteFrom('reviews').where('example', '=', example).where('state', '=', 'waiting').execute()
    await t
      .insertInto('reviews')
      .values({ ...row, state: 'done', before: JSON.stringify(before) })
      .execute()
    await carryOut(t, dataset, verdict)
    const also = [...others]
    await recordChange(t, dataset, by, 'reviewed', {
      ...{ example, decision, from: before.label },
      ...(label && { to: label.name }),
      ...(also.length > 0 && { also }),
    })
    return true
  })
}

async function carryOut(t: Transaction<Schema>, dataset: number, { example, decision, label }: Verdict): Promise<void> {
  const of = t.updateTable('examples').where('id', '=', example)
  if (decision === 'keep') await of.set({ vouched: 1, state: 'kept' }).execute()
  else if (decision === 'exclude') await of.set({ state: 'excluded', vouched: 0 }).execute()
  else if (decision === 'restore') await of.set({ state: 'kept' }).execute()
  else await move(t, dataset, example, label!, 1)
}

/** Under another label, where it may be already: then that one stays, and this one is excluded. */
async function move(t: Transaction<Schema>, dataset: number, example: number, to: Label, vouched: number) {
  const label = await upsertLabel(t, dataset, to)
  const { picture } = await t
    .selectFrom('examples')
    .select('picture')
    .where('id', '=', example)
    .executeTakeFirstOrThrow()
  const there = await t
    .selectFrom('examples')
    .select('id')
    .where('picture', '=', picture)
    .where('label', '=', label)
    .where('id', '!=', example)
    .executeTakeFirst()
  const set = there ? { state: 'excluded' as const } : { label, vouched, state: 'kept' as const }
  await t.updateTable('examples').set(set).where('id', '=', example).execute()
  if (there) await t.updateTable('examples').set({ vouched, state: 'kept' }).where('id', '=', there.id).execute()
  await deleteUnused(t, dataset)
}

async function find(t: Transaction<Schema>, dataset: number, example: number): Promise<Before> {
  const row = await t
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['labels.name as label', 'state', 'vouched'])
    .where('examples.id', '=', example)
    .where('labels.dataset', '=', dataset)
    .executeTakeFirst()
  if (row) return row
  throw new UserError('review.gone', `Expected an example that is filed, found none with the number ${example}`)
}

/** Takes a person's last decision back, whether it was carried out or waits. @returns the example; undefined: there is none to take back */
export function undoLast(db: Database, dataset: number, by: string): Promise<number | undefined> {
  return changeDataset(db, dataset, async (t) => {
    const last = await t
      .selectFrom('reviews')
      .selectAll()
      .where('dataset', '=', dataset)
      .where('by', '=', by)
      .where('state', '!=', 'undone')
      .orderBy('id', 'desc')
      .executeTakeFirst()
    if (!last) return undefined
    await t.updateTable('reviews').set({ state: 'undone' }).where('id', '=', last.id).execute()
    if (last.before !== null) {
      await find(t, dataset, last.example)
      const { label, state, vouched } = Before.parse(JSON.parse(last.before))
      if (last.decision === 'move') await move(t, dataset, last.example, parseLabel(label), vouched)
      await t.updateTable('examples').set({ state, vouched }).where('id', '=', last.example).execute()
    }
    await recordChange(t, dataset, by, 'review undone', { example: last.example, decision: last.decision })
    return last.example
  })
}

/** Examples that a person has said something about that waits for somebody else. */
export async function listWaitingFor(db: Database, dataset: number, by: string): Promise<Set<number>> {
  const rows = await db
    .selectFrom('reviews')
    .select('example')
    .where('dataset', '=', dataset)
    .where('by', '=', by)
    .where('state', '=', 'waiting')
    .execute()
  return new Set(rows.map((r) => r.example))
}

/** Reserves an example for a reviewer, unless another one looks at it. @param until milliseconds since 1970 */
export async function claim(db: Database, example: number, by: string, until: number): Promise<boolean> {
  const taken = await db
    .insertInto('claims')
    .values({ example, by, until })
    .onConflict((c) =>
      c
        .column('example')
        .doUpdateSet({ by, until })
        .where((e) => e.or([e('claims.by', '=', by), e('claims.until', '<', Date.now())])),
    )
    .returning('example')
    .executeTakeFirst()
  return taken !== undefined
}

/** What a reviewer looked at is free for others. */
export async function releaseClaims(db: Database, by: string): Promise<void> {
  await db.deleteFrom('claims').where('by', '=', by).execute()
}

/**
 * Examples by number, as in `12`, by range, as in `12-20`, or by the name of the file as it was given; undefined for a name that none has.
 * What is excluded is found too.
 */
export async function findByName(db: Database, dataset: number, name: string): Promise<number[] | undefined> {
  const rows = await db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select('examples.id')
    .where('labels.dataset', '=', dataset)
    .where((e) => {
      const [, from, to] = /^#?(\d{1,15})(?:-(\d{1,15}))?$/.exec(name) ?? []
      if (from === undefined) return e('file', '=', name)
      return e.and([e('examples.id', '>=', Number(from)), e('examples.id', '<=', Number(to ?? from))])
    })
    .orderBy('examples.id')
    .execute()
  return rows.length > 0 ? rows.map((r) => r.id) : undefined
}

/** Where a picture is filed and learned from. */
export const listExamplesOf = (db: Database, picture: number): Promise<{ example: number; label: string }[]> =>
  db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['examples.id as example', 'labels.name as label'])
    .where('picture', '=', picture)
    .where('state', '=', 'kept')
    .orderBy('examples.id')
    .execute()
