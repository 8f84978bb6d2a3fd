import type { Transaction } from 'kysely'
import { UserError } from '../errors.ts'
import type { Label } from '../label.ts'
import { recordChange } from './audit.ts'
import type { Database } from './connection.ts'
import type { Schema } from './schema.ts'

/** Labels by name with the number of examples that are learned from; those that have none are left out. */
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

/** Gives a label another name. Throws UserError label.not-found, label.exists where another label has that name */
export function renameLabel(db: Database, dataset: number, { from, to, by }: { from: Label; to: Label; by: string }) {
  return db.transaction().execute(async (t) => {
    const { id, name } = await requireLabel(t, dataset, from)
    const taken = await findLabel(t, dataset, to)
    if (taken && taken.id !== id)
      throw new UserError(
        'label.exists',
        `Expected a new label, received ${taken.name}: use \`labels merge\` to join the two`,
      )
    await t.updateTable('labels').set({ name: to.name, key: to.key }).where('id', '=', id).execute()
    const detail = { renamed: name, to: to.name }
    await recordChange(t, { dataset, by, action: 'label renamed', detail })
    return detail
  })
}

/**
 * Moves every example of one label to another, and deletes the first. A picture that both have stays once. Throws
 * UserError label.not-found, label.same
 */
export function mergeLabels(
  db: Database,
  dataset: number,
  { from, into, by }: { from: Label; into: Label; by: string },
) {
  return db.transaction().execute(async (t) => {
    const source = await requireLabel(t, dataset, from)
    const target = await requireLabel(t, dataset, into)
    if (source.id === target.id) throw new UserError('label.same', `Expected two labels, received ${source.name} twice`)
    const moved = await t
      .updateTable('examples')
      .set({ label: target.id })
      .where('label', '=', source.id)
      .where('picture', 'not in', t.selectFrom('examples').select('picture').where('label', '=', target.id))
      .executeTakeFirst()
    const dropped = await t.deleteFrom('examples').where('label', '=', source.id).executeTakeFirst()
    await t.deleteFrom('labels').where('id', '=', source.id).execute()
    const detail = {
      merged: source.name,
      into: target.name,
      moved: Number(moved.numUpdatedRows),
      inBoth: Number(dropped.numDeletedRows),
    }
    await recordChange(t, { dataset, by, action: 'labels merged', detail })
    return detail
  })
}

/**
 * Deletes a label with its examples, and the pictures that no other label has.
 * @returns how many examples it had. Throws UserError label.not-found
 */
export function deleteLabel(
  db: Database,
  dataset: number,
  { label, by }: { label: Label; by: string },
): Promise<number> {
  return db.transaction().execute(async (t) => {
    const { id, name } = await requireLabel(t, dataset, label)
    const { numDeletedRows } = await t.deleteFrom('examples').where('label', '=', id).executeTakeFirst()
    const examples = Number(numDeletedRows)
    await deleteUnused(t, dataset)
    await recordChange(t, { dataset, by, action: 'label deleted', detail: { label: name, examples } })
    return examples
  })
}

/** The label's id; it is added where it is new. */
export async function upsertLabel(t: Transaction<Schema>, dataset: number, label: Label): Promise<number> {
  await t
    .insertInto('labels')
    .values({ dataset, ...label })
    .onConflict((c) => c.doNothing())
    .execute()
  return (await requireLabel(t, dataset, label)).id
}

/** Deletes the pictures and labels that no example refers to any more. */
export async function deleteUnused(t: Transaction<Schema>, dataset: number): Promise<void> {
  const used = t.selectFrom('examples')
  await t.deleteFrom('pictures').where('dataset', '=', dataset).where('id', 'not in', used.select('picture')).execute()
  await t.deleteFrom('labels').where('dataset', '=', dataset).where('id', 'not in', used.select('label')).execute()
}

async function requireLabel(t: Transaction<Schema>, dataset: number, label: Label) {
  const found = await findLabel(t, dataset, label)
  if (!found) throw new UserError('label.not-found', `Expected a label that has pictures, received ${label.name}`)
  return found
}

const findLabel = (t: Transaction<Schema>, dataset: number, { key }: Label) =>
  t.selectFrom('labels').select(['id', 'name']).where('dataset', '=', dataset).where('key', '=', key).executeTakeFirst()
