import { z } from 'zod'
import { SavedMeasurement } from '../../models/saved-format.ts'
import { EFFORT_NAMES } from '../../models/views.ts'
import { UserError } from '../errors.ts'
import { recordChange } from './audit.ts'
import type { Database } from './connection.ts'
import { sql, type Transaction } from './kysely.ts'
import type { IssueSurvey } from './label-issues.ts'
import { packClassifier, unpackClassifier } from './packed-classifier.ts'
import type { Schema } from './schema.ts'
import { writeIssues } from './surveys.ts'
import { changeDataset } from './transactions.ts'

/** What a version keeps of its training beside the classifier, as JSON. */
const VersionSummary = SavedMeasurement.extend({
  head: z.string(),
  /** How many views of a picture are looked at when it is asked about. */
  effort: z.enum(EFFORT_NAMES).default('fast'),
  labels: z.array(z.string()),
  examples: z.int(),
  /** SHA-256 of what it was trained on. */
  dataHash: z.string(),
  /** When its examples were read, ISO 8601; what was forgotten later is in it. Missing: made before this was kept. */
  readAt: z.string().optional(),
  /** Up to which change its examples were read (example-changes.ts), and the last of them. Missing: made before this was kept. */
  changeMark: z.int().optional(),
  lastExample: z.int().optional(),
})
export type VersionSummary = z.infer<typeof VersionSummary>

/** What is told of a version wherever versions are compared. `labels`: how many. */
export const measuresOf = ({
  head,
  labels,
  examples,
  accuracy,
  accuracyInterval,
  balancedAccuracy,
  calibrationError,
}: VersionSummary) => ({
  head,
  labels: labels.length,
  examples,
  accuracy,
  accuracyInterval,
  balancedAccuracy,
  calibrationError,
})

/** `current`: whether it is the active one. */
export type VersionRow = { number: number; madeAt: string; backbone: string; summary: VersionSummary; current: boolean }

/** `backbone`: an id. `classifier`: what becomes its JSON. `survey`: what the training found out about the examples. */
type NewVersion = {
  backbone: string
  summary: VersionSummary
  classifier: unknown
  survey: IssueSurvey
  /** By class; left out: not known. */
  labelIds?: number[]
  activate: boolean
  /** Why it is activated, or not. */
  reason?: string
  by: string
  requireHeld?: RequireHeld | undefined
}

/** Throws, in a transaction, where a training has been taken over by another process, and holds it until the transaction ends. */
export type RequireHeld = (t: Transaction<Schema>) => Promise<void>

/** `number`: from 1. `isOvertaken`: another process has read later changes, and its version is active already. */
type AddedVersion = { number: number; isOvertaken: boolean }

/**
 * Writes a version with what its training found, and activates it where `activate` says so. One that was overtaken is
 * not activated, and what its training found is not kept.
 */
export async function addVersion(db: Database, dataset: number, version: NewVersion): Promise<AddedVersion> {
  const { backbone, summary, survey, labelIds, reason, by, requireHeld } = version
  const classifier = await packClassifier(version.classifier)
  return changeDataset(db, dataset, async (t) => {
    await requireHeld?.(t)
    const already = requireHeld && (await findSame(t, dataset, summary))
    if (already) return { number: already, isOvertaken: await hasActiveReadAfter(t, dataset, summary.changeMark) }
    // First: it locks the dataset, so that no other version is activated meanwhile.
    const number = await takeNumber(t, dataset)
    const isOvertaken = await hasActiveReadAfter(t, dataset, summary.changeMark)
    const activate = version.activate && !isOvertaken
    await t
      .insertInto('versions')
      .values({
        dataset,
        number,
        made_at: new Date().toISOString(),
        backbone,
        measurement: JSON.stringify(summary),
        classifier,
        label_ids: labelIds ? JSON.stringify(labelIds) : null,
      })
      .execute()
    if (!isOvertaken) await writeIssues(t, dataset, survey)
    if (activate) await t.updateTable('datasets').set({ version: number }).where('id', '=', dataset).execute()
    const why = isOvertaken ? 'overtaken' : reason
    const detail = { version: number, accuracy: summary.accuracy, promoted: activate, ...(why && { reason: why }) }
    await recordChange(t, { dataset, by, action: 'trained', detail })
    return { number, isOvertaken }
  })
}

/** The version that the same training has written before it lost its connection: the database may have committed what it never heard of. */
async function findSame(
  t: Transaction<Schema>,
  dataset: number,
  { readAt, dataHash }: VersionSummary,
): Promise<number | undefined> {
  if (readAt === undefined) return undefined
  const row = await t
    .selectFrom('versions')
    .select('number')
    .where('dataset', '=', dataset)
    .where(sql<string>`json_extract(measurement, '$.readAt')`, '=', readAt)
    .where(sql<string>`json_extract(measurement, '$.dataHash')`, '=', dataHash)
    .limit(1)
    .executeTakeFirst()
  return row?.number
}

/** Whether the active version was trained on later changes. @param mark up to which the other one has read; undefined: not known */
async function hasActiveReadAfter(t: Transaction<Schema>, dataset: number, mark: number | undefined): Promise<boolean> {
  if (mark === undefined) return false
  const row = await t
    .selectFrom('versions')
    .innerJoin('datasets', (j) =>
      j.onRef('datasets.id', '=', 'versions.dataset').onRef('datasets.version', '=', 'versions.number'),
    )
    .select('number')
    .where('dataset', '=', dataset)
    .where(sql<number>`cast(json_extract(measurement, '$.changeMark') as bigint)`, '>', mark)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The next number of a dataset's versions: those of deleted ones are not given again. */
async function takeNumber(t: Transaction<Schema>, dataset: number): Promise<number> {
  // A program from before this column does not count in it.
  const latest = sql<number>`(select coalesce(max(number), 0) from versions where dataset = ${dataset})`
  const { number } = await t
    .updateTable('datasets')
    .set({ last_version: sql<number>`case when ${latest} > last_version then ${latest} else last_version end + 1` })
    .where('id', '=', dataset)
    .returning('last_version as number')
    .executeTakeFirstOrThrow()
  return number
}

/** Lets another version answer from now on. Throws UserError version.not-found */
export function activateVersion(
  db: Database,
  dataset: number,
  { number, by }: { number: number; by: string },
): Promise<void> {
  return changeDataset(db, dataset, async (t) => {
    const version = t
      .selectFrom('versions')
      .select('number')
      .where('dataset', '=', dataset)
      .where('number', '=', number)
    // It may have been deleted since it was offered.
    if (!(await version.limit(1).executeTakeFirst()))
      throw new UserError('version.not-found', `Expected a version that is kept, received ${number}`, {
        version: number,
      })
    await t.updateTable('datasets').set({ version: number }).where('id', '=', dataset).execute()
    await recordChange(t, { dataset, by, action: 'promoted', detail: { version: number } })
  })
}

/** A dataset's versions, oldest first. Throws UserError version.unreadable */
export async function listVersions(db: Database, dataset: number): Promise<VersionRow[]> {
  const rows = await db
    .selectFrom('versions')
    .innerJoin('datasets', 'datasets.id', 'versions.dataset')
    .select(['number', 'made_at', 'versions.backbone', 'measurement', 'version'])
    .where('dataset', '=', dataset)
    .orderBy('number')
    .execute()
  return rows.map(({ number, made_at, backbone, measurement, version }) => ({
    number,
    madeAt: made_at,
    backbone,
    summary: readSummary(number, measurement),
    current: number === version,
  }))
}

/** What the active version keeps of its training; undefined where none was trained. Throws UserError version.unreadable */
export async function readActiveSummary(db: Database, dataset: number): Promise<VersionSummary | undefined> {
  const row = await db
    .selectFrom('versions')
    .innerJoin('datasets', (j) =>
      j.onRef('datasets.id', '=', 'versions.dataset').onRef('datasets.version', '=', 'versions.number'),
    )
    .select(['number', 'measurement'])
    .where('dataset', '=', dataset)
    .limit(1)
    .executeTakeFirst()
  return row && readSummary(row.number, row.measurement)
}

/** The latest versions, latest first, without what is known of them. */
export async function listLatestVersions(
  db: Database,
  dataset: number,
  limit: number,
): Promise<{ number: number; madeAt: string }[]> {
  return db
    .selectFrom('versions')
    .select(['number', 'made_at as madeAt'])
    .where('dataset', '=', dataset)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
}

/** The number of the active version; undefined where none was trained. */
export async function readActiveNumber(db: Database, dataset: number): Promise<number | undefined> {
  const row = await db.selectFrom('datasets').select('version').where('id', '=', dataset).limit(1).executeTakeFirst()
  return row?.version ?? undefined
}

/** `classifier` is JSON, as it was written. */
export type ActiveVersion = { number: number; backbone: string; classifier: string; summary: VersionSummary }

/** A version; undefined where there is none of this number. Throws UserError version.unreadable */
export async function readVersion(db: Database, dataset: number, number: number): Promise<ActiveVersion | undefined> {
  const row = await db
    .selectFrom('versions')
    .select(['backbone', 'classifier', 'measurement'])
    .where('dataset', '=', dataset)
    .where('number', '=', number)
    .limit(1)
    .executeTakeFirst()
  if (!row) return undefined
  const summary = readSummary(number, row.measurement)
  return { number, backbone: row.backbone, classifier: await unpackClassifier(row.classifier), summary }
}

function readSummary(number: number, json: string): VersionSummary {
  const read = VersionSummary.safeParse(JSON.parse(json))
  if (read.success) return read.data
  throw new UserError(
    'version.unreadable',
    `Expected version ${number} in a form that this program writes, found another`,
  )
}
