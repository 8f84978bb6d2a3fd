import { z } from 'zod'
import { UserError } from '../errors.ts'
import { compareBy, type Label, spellingOf } from '../label.ts'
import { recordChange } from './audit.ts'
import { chunks } from './chunks.ts'
import type { Database } from './connection.ts'
import { type Kysely, sql, type Transaction } from './kysely.ts'
import type { Schema } from './schema.ts'
import { isStanding } from './standings.ts'
import { dropSuggested, renameSuggested } from './suggested-labels.ts'
import { changeDataset } from './transactions.ts'
import { ACTORS, type Actor, outcomeOf, rankOf, STANDINGS } from './transitions.ts'

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
  return changeDataset(db, dataset, async (t) => {
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
    await recordChange(t, { dataset, by, action: 'label renamed', detail: { ...detail, id } })
    return { ...detail, examples: await countExamples(t, id) }
  })
}

/**
 * How a label went, stored as JSON: in which capacity somebody did it; where it was merged, the label that has its examples,
 * and those that had been merged into it before.
 */
export const Deletion = z.object({
  as: z.enum(ACTORS),
  into: z.int().optional(),
  redirected: z.array(z.int()).default([]),
  /** Of what stands for examples that were removed from labels: what those labels were called, by id (removed-examples.ts). */
  removedFrom: z.record(z.string(), z.string()).optional(),
  /** What it was compared by. */
  key: z.string(),
})
export type Deletion = z.infer<typeof Deletion>
/** `as`: a lone reviewer counts as a teacher. */
type Hiding = Omit<Deletion, 'as' | 'key'> & { as: Actor }

/** Begins with a control character, so that nobody can type it. */
export const hiddenKey = (what: string | number): string => `\u0001${what}`

/** Takes a label's name from it, and remembers how it can be brought back (deleted-labels.ts). */
export async function hideLabel(t: Transaction<Schema>, id: number, deletion: Hiding): Promise<void> {
  const { key } = await t.selectFrom('labels').select('key').where('id', '=', id).limit(1).executeTakeFirstOrThrow()
  const stored: Deletion = { ...deletion, key, as: rankOf(deletion.as) }
  const values = { key: hiddenKey(id), deleted_at: new Date().toISOString(), deletion: JSON.stringify(stored) }
  await t.updateTable('labels').set(values).where('id', '=', id).execute()
}

/** A label that nobody sees, for as long as a transaction needs it. */
export async function addHiddenLabel(t: Transaction<Schema>, dataset: number, name: string): Promise<number> {
  const values = { dataset, name, key: hiddenKey(name) }
  return (await t.insertInto('labels').values(values).returning('id').executeTakeFirstOrThrow()).id
}

/** `as`: in which capacity `by` acts. `mark`: of what they were shown before they confirmed. */
type LabelDeletion = { label: Label; by: string; as: Actor; mark?: string | undefined }
type DeletedOne = { id: number; examples: number }

/** Examples that one statement deletes, or brings back: no picture is written for it. */
export const HIDDEN_AT_ONCE = 5000

/**
 * Deletes a label with its examples: they are learned from no more, and listed nowhere, but wait to be brought back.
 * @returns its id, and how many examples it had. Throws UserError label.not-found, label.decided, label.alone where it has examples
 * that `as` may not delete, confirm.changed where it has others than those that were shown
 */
export function deleteLabel(
  db: Database,
  dataset: number,
  { label, by, as, mark }: LabelDeletion,
): Promise<DeletedOne> {
  return changeDataset(db, dataset, async (t) => {
    const { id, name } = await requireLabel(t, dataset, label)
    await requireDeletable(t, id, as)
    if (mark !== undefined && mark !== (await readContent(t, id)).mark)
      throw new UserError('confirm.changed', `Expected ${name} as it was shown, found it changed since: confirm again`)
    let examples = 0
    for (let hidden = HIDDEN_AT_ONCE; hidden === HIDDEN_AT_ONCE; examples += hidden) {
      const some = t
        .selectFrom('examples')
        .select('id')
        .where('label', '=', id)
        .where('state', '<>', 'deleted')
        .limit(HIDDEN_AT_ONCE)
      const { numUpdatedRows } = await t
        .updateTable('examples')
        .set({ state: 'deleted', state_before: sql`state` })
        .where('id', 'in', some)
        .executeTakeFirst()
      hidden = Number(numUpdatedRows)
    }
    await hideLabel(t, id, { as, redirected: [] })
    await dropSuggested(t, dataset, name)
    await recordChange(t, { dataset, by, action: 'label deleted', detail: { label: name, examples, id } })
    return { id, examples }
  })
}

/** `only`: pictures that no other label has. `mark`: another one where the label has other examples. */
type LabelContent = { examples: number; only: number; mark: string }

/** What a label has, whatever its state. Throws UserError label.not-found */
export async function describeLabel(
  db: Kysely<Schema>,
  dataset: number,
  label: Label,
): Promise<LabelContent & { label: string }> {
  const { id, name } = await requireLabel(db, dataset, label)
  return { label: name, ...(await readContent(db, id)) }
}

async function readContent(db: Kysely<Schema>, label: number): Promise<LabelContent> {
  const { rows } = await sql<{ examples: number; only: number; sum: number }>`
    select count(*) as examples, cast(coalesce(sum(id), 0) as bigint) as sum,
      count(*) filter (where not exists (select 1 from examples as other
        where other.picture = examples.picture and other.id <> examples.id and other.state <> 'deleted')) as only
    from examples where label = ${label}`.execute(db)
  const { examples, only, sum } = rows[0] ?? { examples: 0, only: 0, sum: 0 }
  return { examples, only, mark: `${label}-${examples}-${sum}` }
}

/** Throws UserError label.decided where a label has an example that this person may not delete. */
async function requireDeletable(t: Transaction<Schema>, label: number, as: Actor): Promise<void> {
  const fixed = STANDINGS.filter(
    (standing) => standing !== 'deleted' && outcomeOf('delete', standing, as) === undefined,
  )
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
      as === 'lone-reviewer' ? 'label.alone' : 'label.decided',
      `Expected a label of which reviewers and managers decided about no picture, received one with #${found.id}`,
      { example: found.id },
    )
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

/**
 * Deletes a dataset's labels that no example refers to anymore, and suggests them no longer. One that was merged stays for
 * as long as it is known which examples were its own.
 */
export async function deleteEmptyLabels(t: Transaction<Schema>, dataset: number): Promise<void> {
  const empty = await t
    .deleteFrom('labels')
    .where('dataset', '=', dataset)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('examples').select('id').whereRef('examples.label', '=', 'labels.id'))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('merged_examples')
            .select('example')
            .whereRef('merged_examples.before_label', '=', 'labels.id')
            .whereRef('merged_examples.label', '=', 'labels.id'),
        ),
      ),
    )
    .returning(['name', 'deleted_at'])
    .execute()
  for (const { name, deleted_at } of empty) if (deleted_at === null) await dropSuggested(t, dataset, name)
}

/** What a label is called now, and when it was deleted; undefined where it is gone for good. */
export const readLabelNow = (db: Database, dataset: number, id: number) =>
  db
    .selectFrom('labels')
    .select(['name', 'deleted_at as deletedAt'])
    .where('id', '=', id)
    .where('dataset', '=', dataset)
    .limit(1)
    .executeTakeFirst()

/** Whether a dataset has a label of that name. */
export const hasLabel = async (db: Database, dataset: number, label: Label): Promise<boolean> =>
  (await findLabel(db, dataset, label)) !== undefined

/** Throws UserError label.not-found */
export async function requireLabel(t: Kysely<Schema>, dataset: number, label: Label) {
  const found = await findLabel(t, dataset, label)
  if (!found) throw new UserError('label.not-found', `Expected a label that has pictures, received ${label.name}`)
  return found
}

export const findLabel = (t: Kysely<Schema>, dataset: number, label: Label) =>
  labelNamed(t, dataset, label).select(['id', 'name']).executeTakeFirst()

/**
 * The label of a name. Of labels that compatible forms kept apart before these counted as one, the one that is spelt like it
 * goes first (migration-compatible-names.ts).
 */
export function labelNamed(t: Kysely<Schema>, dataset: number, { name, key }: Label) {
  const spelling = spellingOf(name)
  const query = t.selectFrom('labels').where('dataset', '=', dataset)
  if (spelling === key) return query.where('key', '=', key).limit(1)
  return query.where('key', 'in', [spelling, key]).orderBy(sql`key = ${spelling}`, 'desc').limit(1)
}

/** Labels that only compatible forms tell apart, by dataset: they were made before these counted as one. */
export async function listAlike(db: Database, dataset?: number): Promise<{ dataset: number; labels: string[] }[]> {
  let query = db.selectFrom('labels').select(['dataset', 'name']).where('deleted_at', 'is', null)
  if (dataset !== undefined) query = query.where('dataset', '=', dataset)
  const rows = await query.orderBy('id').execute()
  const alike = Map.groupBy(rows, (row) => `${row.dataset} ${compareBy(row.name)}`)
  return [...alike.values()].flatMap((same) => {
    const [first, ...others] = same
    return first && others.length > 0 ? [{ dataset: first.dataset, labels: same.map((row) => row.name) }] : []
  })
}
