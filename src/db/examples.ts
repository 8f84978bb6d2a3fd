import type { Transaction } from 'kysely'
import { UserError } from '../errors.ts'
import type { Label } from '../label.ts'
import { openAdmission } from './admission.ts'
import { recordChange, recordChanges } from './audit.ts'
import { chunks } from './chunks.ts'
import type { Database } from './connection.ts'
import { insertWithPicture, type NewExample } from './insert-example.ts'
import { deleteUnused, findLabel, labelNamed, upsertLabel } from './labels.ts'
import { dropObjects } from './objects/put-copies.ts'
import { placePictures } from './place-pictures.ts'
import type { Schema } from './schema.ts'
import type { Limits } from './server-limits.ts'
import { changeDataset } from './transactions.ts'
import { type Actor, outcomeOf, standingOf } from './transitions.ts'

export type { NewExample }

type FileUnderLabel = { label: Label; fileHash: Buffer; by: string }

/**
 * Whether the label has this very file. One that is withdrawn counts only for whoever added it: running an import again
 * does not bring it back, somebody else's addition does. What was excluded only reviewers bring back.
 */
export async function hasExample(
  db: Database,
  dataset: number,
  { label, fileHash, by }: FileUnderLabel,
): Promise<boolean> {
  const found = await db
    .selectFrom('pictures')
    .innerJoin('examples', 'examples.picture', 'pictures.id')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select('examples.id')
    .where('pictures.dataset', '=', dataset)
    .where('pictures.file_hash', '=', fileHash)
    .where('labels.id', '=', labelNamed(db, dataset, label).select('id'))
    .where((e) => e.or([e('examples.state', '!=', 'withdrawn'), e('filed_by', '=', by)]))
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/**
 * Adds picture, features and example, all or nothing.
 * @returns the example's id; undefined where the label has a picture of the same pixels already
 * Throws UserError picture.blocked
 */
export async function addExample(db: Database, dataset: number, example: NewExample): Promise<number | undefined> {
  const [id] = await addExamples(db, dataset, { examples: [example] })
  if (id instanceof UserError) throw id
  return id
}

/** `limits`: what a server may have for which nothing was set. */
type NewExamples = { examples: NewExample[]; limits?: Limits }

/**
 * Adds several, all or nothing but those that may not be added: they share one wait for the disk.
 * @returns for each, in order, as `addExample`, or why it may not be added (admission.ts)
 */
export async function addExamples(
  db: Database,
  dataset: number,
  { examples, limits = {} }: NewExamples,
): Promise<(number | undefined | UserError)[]> {
  const pictures = await placePictures(
    db,
    dataset,
    examples.map(({ picture }) => picture),
  )
  const placed = examples.flatMap((example, i) => {
    const picture = pictures[i]
    return picture ? [{ ...example, picture }] : []
  })
  const written = await changeDataset(db, dataset, async (t) => {
    const labels = new Map<string, number>()
    const ids: (number | undefined | UserError)[] = []
    const additions = examples.map(({ label, picture, restored }) => ({ label, picture, seen: restored?.seen }))
    const refuse = await openAdmission(t, dataset, { limits, additions })
    for (const [i, example] of placed.entries()) {
      const refused = await refuse(additions[i] ?? example)
      if (refused) {
        ids.push(refused)
        continue
      }
      const label = labels.get(example.label.name) ?? (await upsertLabel(t, dataset, example.label))
      labels.set(example.label.name, label)
      ids.push(await insertWithPicture(t, dataset, { ...example, label }))
    }
    await recordAdditions(t, dataset, { examples, ids })
    return ids
  })
  const unused = pictures.filter((_, i) => typeof written[i] !== 'number')
  await dropObjects(
    db,
    unused.map(({ placed }) => placed),
  )
  return written
}

/** `ids`: of those that were added, by their place in `examples`. */
type Additions = { examples: NewExample[]; ids: (number | undefined | UserError)[] }

async function recordAdditions(t: Transaction<Schema>, dataset: number, { examples, ids }: Additions): Promise<void> {
  const added = examples.flatMap(({ by, label, file, poster, restored }, i) => {
    const example = ids[i]
    if (typeof example !== 'number') return []
    const importer = restored?.importer ?? by
    // Whose it is, so that the name of the file goes with them (forget-person.ts).
    const owner = poster ?? (importer === by ? undefined : by)
    return [{ by: importer, detail: { label: label.name, example, file, poster: owner } }]
  })
  for (const [by, own] of Map.groupBy(added, (addition) => addition.by))
    await recordChanges(
      t,
      { dataset, by, action: 'filed' },
      own.map(({ detail }) => detail),
    )
}

/** `as`: in which capacity `by` acts. */
type PictureUnderLabel = { label: Label; picture: number; by: string; as: Actor }

/**
 * Removes a picture from a label, and what nothing refers to anymore.
 * @returns false where it was not there. Throws UserError review.decided, review.alone where `as` may not
 */
export function removeExample(
  db: Database,
  dataset: number,
  { label, picture, by, as }: PictureUnderLabel,
): Promise<boolean> {
  return changeDataset(db, dataset, async (t) => {
    const found = await t
      .selectFrom('examples')
      .innerJoin('labels', 'labels.id', 'examples.label')
      .select(['examples.id', 'state', 'vouched'])
      .where('picture', '=', picture)
      .where('labels.dataset', '=', dataset)
      .where('labels.id', '=', labelNamed(t, dataset, label).select('id'))
      .limit(1)
      .executeTakeFirst()
    if (!found) return false
    if (outcomeOf('remove', standingOf(found), as) === undefined) throw decidedAlready(found.id, as)
    await t.deleteFrom('examples').where('id', '=', found.id).execute()
    await deleteUnused(t, dataset, [picture])
    await recordChange(t, { dataset, by, action: 'unfiled', detail: { label: label.name, picture } })
    return true
  })
}

const decidedAlready = (example: number, as: Actor): UserError =>
  as === 'lone-reviewer'
    ? new UserError(
        'review.alone',
        `Expected a picture that no reviewer decided about, since another reviewer must agree, received #${example}: exclude it, or ask a manager`,
        { example },
      )
    : new UserError(
        'review.decided',
        `Expected a picture that no reviewer decided about, received #${example}: ask a reviewer`,
        { example },
      )

/** `examples`: by id. `as`: in which capacity `by` acts. */
type SomeUnderLabel = { label: Label; examples: number[]; by: string; as: Actor }

/**
 * Removes some examples from a label, those that it still has, and what nothing refers to anymore: a batch at a time, so that
 * others have their turn meanwhile. @returns how many it removed, and how many `as` may not remove
 */
export async function removeExamples(
  db: Database,
  dataset: number,
  { examples, ...about }: SomeUnderLabel,
): Promise<{ removed: number; refused: number }> {
  const all = { removed: 0, refused: 0 }
  for (const some of chunks(examples)) {
    const { removed, refused } = await removeSome(db, dataset, { ...about, examples: some })
    all.removed += removed
    all.refused += refused
  }
  return all
}

function removeSome(db: Database, dataset: number, { label, examples, by, as }: SomeUnderLabel) {
  return changeDataset(db, dataset, async (t) => {
    const from = await findLabel(t, dataset, label)
    if (!from) return { removed: 0, refused: 0 }
    const rows = await t
      .selectFrom('examples')
      .select(['id', 'picture', 'state', 'vouched'])
      .where('id', 'in', examples)
      .where('label', '=', from.id)
      .execute()
    const allowed = rows.filter((row) => outcomeOf('remove', standingOf(row), as) !== undefined)
    const ids = allowed.map((row) => row.id)
    await t.deleteFrom('examples').where('id', 'in', ids).execute()
    await deleteUnused(
      t,
      dataset,
      allowed.map((row) => row.picture),
    )
    if (ids.length > 0)
      await recordChange(t, { dataset, by, action: 'unfiled', detail: { label: label.name, examples: ids } })
    return { removed: ids.length, refused: rows.length - ids.length }
  })
}

type OwnExamples = { examples: number[]; by: string }

/** Removes examples, by id, that a person added, a batch at a time. @returns how many of them there still were */
export async function removeOwnExamples(db: Database, dataset: number, { examples, by }: OwnExamples): Promise<number> {
  let removed = 0
  for (const some of chunks(examples)) removed += await removeSomeOwn(db, dataset, { examples: some, by })
  return removed
}

const removeSomeOwn = (db: Database, dataset: number, { examples, by }: OwnExamples): Promise<number> =>
  changeDataset(db, dataset, async (t) => {
    const rows = await t
      .deleteFrom('examples')
      .where('id', 'in', examples)
      .where('filed_by', '=', by)
      .where('label', 'in', labelsOf(t, dataset))
      .returning('picture')
      .execute()
    await deleteUnused(
      t,
      dataset,
      rows.map((row) => row.picture),
    )
    await recordChange(t, { dataset, by, action: 'unfiled', detail: { examples } })
    return rows.length
  })

const labelsOf = (t: Transaction<Schema>, dataset: number) =>
  t.selectFrom('labels').select('id').where('dataset', '=', dataset)
