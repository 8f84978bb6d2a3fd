import type { Transaction } from 'kysely'
import { UserError } from '../errors.ts'
import type { Label } from '../label.ts'
import { recordChange } from './audit.ts'
import { changeDataset, type Database } from './connection.ts'
import type { Schema } from './schema.ts'

export async function countLabels(db: Database, dataset: number): Promise<{ label: string; examples: number }[]> {
  return db
    .selectFrom('labels')
    .innerJoin('examples', 'examples.label', 'labels.id')
    .select(['labels.name as label', (e) => e.fn.count<number>('examples.id').as('examples')])
    .where('labels.dataset', '=', dataset)
    .where('examples.state', '=', 'kept')
    .groupBy('labels.id')
    .orderBy('labels.name')
    .execute()
}

/** Another spelling for a label; one that another label has already is refused. */
export function renameLabel(db: Database, dataset: number, from: Label, to: Label, by: string) {
  return changeDataset(db, dataset, async (t) => {
    const { id, name } = await findLabel(t, dataset, from)
    const taken = await lookUp(t, dataset, to)
    if (taken && taken.id !== id)
      throw new UserError(
        'label.exists',
        `Expected a new label, received ${taken.name}: use \`labels merge\` to join the two`,
      )
    await t.updateTable('labels').set({ name: to.name, key: to.key }).where('id', '=', id).execute()
    const done = { renamed: name, to: to.name }
    await recordChange(t, dataset, by, 'label renamed', done)
    return done
  })
}

/** Moves every example of one label to another, and forgets the first. What both had stays once. */
export function mergeLabels(db: Database, dataset: number, from: Label, into: Label, by: string) {
  return changeDataset(db, dataset, async (t) => {
    const a = await findLabel(t, dataset, from)
    const b = await findLabel(t, dataset, into)
    if (a.id === b.id) throw new UserError('label.same', `Expected two labels, received ${a.name} twice`)
    const both = t.selectFrom('examples').select('picture').where('label', '=', b.id)
    const moved = await t
      .updateTable('examples')
      .set({ label: b.id })
      .where('label', '=', a.id)
      .where('picture', 'not in', both)
      .executeTakeFirst()
    const dropped = await t.deleteFrom('examples').where('label', '=', a.id).executeTakeFirst()
    await t.deleteFrom('labels').where('id', '=', a.id).execute()
    const counts = { moved: Number(moved.numUpdatedRows), inBoth: Number(dropped.numDeletedRows) }
    const done = { merged: a.name, into: b.name, ...counts }
    await recordChange(t, dataset, by, 'labels merged', done)
    return done
  })
}

/** Forgets a label with its examples, and the pictures that no other label has. @returns how many examples it had */
export function deleteLabel(db: Database, dataset: number, label: Label, by: string): Promise<number> {
  return changeDataset(db, dataset, async (t) => {
    const { id, name } = await findLabel(t, dataset, label)
    const { numDeletedRows } = await t.deleteFrom('examples').where('label', '=', id).executeTakeFirst()
    await deleteUnused(t, dataset)
    await recordChange(t, dataset, by, 'label deleted', { label: name, examples: Number(numDeletedRows) })
    return Number(numDeletedRows)
  })
}

/** The label's id, made where it is new. */
export async function upsertLabel(t: Transaction<Schema>, dataset: number, label: Label): Promise<number> {
  await t
    .insertInto('labels')
    .values({ dataset, ...label })
    .onConflict((c) => c.doNothing())
    .execute()
  return (await findLabel(t, dataset, label)).id
}

/** Pictures and labels that no example refers to any more. */
export async function deleteUnused(t: Transaction<Schema>, dataset: number): Promise<void> {
  const used = t.selectFrom('examples')
  await t.deleteFrom('pictures').where('dataset', '=', dataset).where('id', 'not in', used.select('picture')).execute()
  await t.deleteFrom('labels').where('dataset', '=', dataset).where('id', 'not in', used.select('label')).execute()
}

async function findLabel(t: Transaction<Schema>, dataset: number, label: Label) {
  const found = await lookUp(t, dataset, label)
  if (!found) throw new UserError('label.not-found', `Expected a label that has pictures, received ${label.name}`)
  return found
}

const lookUp = (t: Transaction<Schema>, dataset: number, { key }: Label) =>
  t.selectFrom('labels').select(['id', 'name']).where('dataset', '=', dataset).where('key', '=', key).executeTakeFirst()
