import { z } from 'zod'
import { SavedMeasurement } from '../../models/saved.ts'
import { efforts } from '../../models/views.ts'
import { UserError } from '../errors.ts'
import { recordChange } from './audit.ts'
import { changeDataset, type Database } from './connection.ts'
import { type IssueSurvey, writeIssues } from './suspects.ts'

/** What a version keeps of its training beside the classifier. `dataHash`: SHA-256 of what it saw. */
const VersionSummary = SavedMeasurement.extend({
  head: z.string(),
  /** Views of a picture that is asked about. */
  effort: z.enum(efforts).default('fast'),
  labels: z.array(z.string()),
  examples: z.int(),
  dataHash: z.string(),
})
export type VersionSummary = z.infer<typeof VersionSummary>

type VersionRow = { number: number; madeAt: string; backbone: string; summary: VersionSummary; current: boolean }

/** Writes a version and, with `promote`, puts it in use, in one transaction. @returns its number, from 1 */
export function addVersion(
  db: Database,
  dataset: number,
  version: { backbone: string; summary: VersionSummary; classifier: unknown },
  activateVersion: boolean,
  by: string,
  survey: IssueSurvey,
): Promise<number> {
  return changeDataset(db, dataset, async (t) => {
    const last = await t
      .selectFrom('versions')
      .select((e) => e.fn.max('number').as('number'))
      .where('dataset', '=', dataset)
      .executeTakeFirst()
    const number = (last?.number ?? 0) + 1
    await t
      .insertInto('versions')
      .values({
        dataset,
        number,
        made_at: new Date().toISOString(),
        backbone: version.backbone,
        measurement: JSON.stringify(version.summary),
        classifier: JSON.stringify(version.classifier),
      })
      .execute()
    await writeIssues(t, dataset, survey)
    if (activateVersion) await t.updateTable('datasets').set({ version: number }).where('id', '=', dataset).execute()
    await recordChange(t, dataset, by, 'trained', {
      version: number,
      accuracy: version.summary.accuracy,
      promoted: activateVersion,
    })
    return number
  })
}

/** What the version in use keeps of its training. */
export const readActiveSummary = async (db: Database, dataset: number): Promise<VersionSummary | undefined> =>
  (await listVersions(db, dataset)).find((v) => v.current)?.summary

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

function readSummary(number: number, json: string): VersionSummary {
  const read = VersionSummary.safeParse(JSON.parse(json))
  if (read.success) return read.data
  throw new UserError(
    'version.unreadable',
    `Expected version ${number} in a form that this program writes, found another`,
  )
}

/** `classifier` is JSON, as it was written. */
export type ActiveVersion = { number: number; backbone: string; classifier: string; summary: VersionSummary }

/** The number of the version in use; undefined where nothing was trained. */
export async function readActiveNumber(db: Database, dataset: number): Promise<number | undefined> {
  const row = await db.selectFrom('datasets').select('version').where('id', '=', dataset).executeTakeFirst()
  return row?.version ?? undefined
}

/** The version in use; undefined where nothing was trained. */
export async function readActiveVersion(db: Database, dataset: number): Promise<ActiveVersion | undefined> {
  const row = await db
    .selectFrom('versions')
    .innerJoin('datasets', (j) =>
      j.onRef('datasets.id', '=', 'versions.dataset').onRef('datasets.version', '=', 'versions.number'),
    )
    .select(['number', 'versions.backbone', 'classifier', 'measurement'])
    .where('dataset', '=', dataset)
    .executeTakeFirst()
  if (!row) return undefined
  const { number, backbone, classifier, measurement } = row
  return {
    number,
    backbone,
    classifier,
    summary: readSummary(number, measurement),
  }
}

export function activateVersion(db: Database, dataset: number, number: number, by: string): Promise<void> {
  return changeDataset(db, dataset, async (t) => {
    await t.updateTable('datasets').set({ version: number }).where('id', '=', dataset).execute()
    await recordChange(t, dataset, by, 'promoted', { version: number })
  })
}
