import type { Transaction } from 'kysely'
import { UserError } from '../errors.ts'
import type { Label } from '../label.ts'
import { recordChange } from './audit.ts'
import { BATCH, chunks } from './chunks.ts'
import type { Database } from './connection.ts'
import type { Schema } from './schema.ts'
import { isStanding } from './standings.ts'
import { dropSuggested, renameSuggested } from './suggested-labels.ts'
import { type Actor, outcomeOf, STANDINGS } from './transitions.ts'

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

/**
 * Gives a label another name. @returns both names, and how many examples it has
 * Throws UserError label.not-found, label.exists where another label has that name
 */
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
    await renameSuggested(t, dataset, { from: name, to: to.name })
    const detail = { renamed: name, to: to.name }
    await recordChange(t, { dataset, by, action: 'label renamed', detail })
    return { ...detail, examples: await countExamples(t, id) }
  })
}

/** `as`: in which capacity `by` acts. */
type LabelDeletion = { label: Label; by: string; as: Actor }

/**
 * Deletes a label with its examples, and the pictures that no other label has.
 * @returns how many examples it had. Throws UserError label.not-found, label.decided where it has examples that `as` may
 * not remove
 */
export function deleteLabel(db: Database, dataset: number, { label, by, as }: LabelDeletion): Promise<number> {
  return db.transaction().execute(async (t) => {
    const { id, name } = await requireLabel(t, dataset, label)
    await requireRemovable(t, id, as)
    const examples = await deleteExamplesOf(t, dataset, id)
    await deleteEmptyLabels(t, dataset)
    await dropSuggested(t, dataset, name)
    await recordChange(t, { dataset, by, action: 'label deleted', detail: { label: name, examples } })
    return examples
  })
}

/** Throws UserError label.decided where a label has an example that this person may not remove. */
async function requireRemovable(t: Transaction<Schema>, label: number, as: Actor): Promise<void> {
  const fixed = STANDINGS.filter((standing) => outcomeOf('remove', standing, as) === undefined)
  if (fixed.length === 0) return
  const found = await t
    .selectFrom('examples')
    .select('id')
    .where('label', '=', label)
    .where((e) => e.or(fixed.map((standing) => isStanding(e, standing))))
    .limit(1)
    .executeTakeFirst()
  if (found)
    throw new UserError(
      'label.decided',
      `Expected a label of which reviewers and managers decided about no picture, received one with #${found.id}`,
      { example: found.id },
    )
}

/** @returns how many there were */
async function deleteExamplesOf(t: Transaction<Schema>, dataset: number, label: number): Promise<number> {
  for (let deleted = 0; ; ) {
    const some = t.selectFrom('examples').select('id').where('label', '=', label).limit(BATCH)
    const rows = await t.deleteFrom('examples').where('id', 'in', some).returning('picture').execute()
    if (rows.length === 0) return deleted
    await deleteUnusedPictures(
      t,
      dataset,
      rows.map((row) => row.picture),
    )
    deleted += rows.length
  }
}

async function countExamples(t: Transaction<Schema>, label: number): Promise<number> {
  const query = t.selectFrom('examples').select((e) => e.fn.countAll<number>().as('examples'))
  return (await query.where('label', '=', label).executeTakeFirstOrThrow()).examples
}

/** The label's id; it is added where it is new. */
export async function upsertLabel(t: Transaction<Schema>, dataset: number, label: Label): Promise<number> {
  const found = await findLabel(t, dataset, label)
  if (found) return found.id
  const added = await t
    .insertInto('labels')
    .values({ dataset, ...label })
    .returning('id')
    .executeTakeFirstOrThrow()
  return added.id
}

/** Deletes those of some pictures that no example refers to anymore, and the dataset's labels that have none. */
export async function deleteUnused(t: Transaction<Schema>, dataset: number, pictures: number[]): Promise<void> {
  await deleteUnusedPictures(t, dataset, pictures)
  await deleteEmptyLabels(t, dataset)
}

/** Deletes those of some pictures that no example refers to anymore. */
export async function deleteUnusedPictures(t: Transaction<Schema>, dataset: number, pictures: number[]): Promise<void> {
  for (const some of chunks(pictures))
    await t
      .deleteFrom('pictures')
      .where('id', 'in', some)
      .where('dataset', '=', dataset)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('examples').select('id').whereRef('examples.picture', '=', 'pictures.id'))),
      )
      .execute()
}

/** Deletes a dataset's labels that no example refers to anymore. */
export async function deleteEmptyLabels(t: Transaction<Schema>, dataset: number): Promise<void> {
  await t
    .deleteFrom('labels')
    .where('dataset', '=', dataset)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('examples').select('id').whereRef('examples.label', '=', 'labels.id'))),
    )
    .execute()
}

/** Throws UserError label.not-found */
export async function requireLabel(t: Transaction<Schema>, dataset: number, label: Label) {
  const found = await findLabel(t, dataset, label)
  if (!found) throw new UserError('label.not-found', `Expected a label that has pictures, received ${label.name}`)
  return found
}

const findLabel = (t: Transaction<Schema>, dataset: number, { key }: Label) =>
  t
    .selectFrom('labels')
    .select(['id', 'name'])
    .where('dataset', '=', dataset)
    .where('key', '=', key)
    .limit(1)
    .executeTakeFirst()
