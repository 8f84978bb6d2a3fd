import type { Store } from './database.ts'

type VersionRow = { number: number; madeAt: string; backbone: string; measurement: unknown; current: boolean }

/** Writes a version and, with `promote`, puts it in use, in one transaction. @returns its number, from 1 */
export function addVersion(
  store: Store,
  dataset: number,
  version: { backbone: string; measurement: unknown; classifier: unknown },
  promote: boolean,
): Promise<number> {
  return store.transaction().execute(async (t) => {
    // A write first, so that two processes wait for each other instead of failing.
    await t
      .updateTable('datasets')
      .set((e) => ({ version: e.ref('version') }))
      .where('id', '=', dataset)
      .execute()
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
        measurement: JSON.stringify(version.measurement),
        classifier: JSON.stringify(version.classifier),
      })
      .execute()
    if (promote) await t.updateTable('datasets').set({ version: number }).where('id', '=', dataset).execute()
    return number
  })
}

export async function listVersions(store: Store, dataset: number): Promise<VersionRow[]> {
  const rows = await store
    .selectFrom('versions')
    .innerJoin('datasets', 'datasets.id', 'versions.dataset')
    .select(['number', 'made_at', 'backbone', 'measurement', 'version'])
    .where('dataset', '=', dataset)
    .orderBy('number')
    .execute()
  return rows.map(({ number, made_at, backbone, measurement, version }) => ({
    number,
    madeAt: made_at,
    backbone,
    measurement: JSON.parse(measurement),
    current: number === version,
  }))
}

export async function readCurrent(
  store: Store,
  dataset: number,
): Promise<{ number: number; classifier: unknown } | undefined> {
  const row = await store
    .selectFrom('versions')
    .innerJoin('datasets', (j) =>
      j.onRef('datasets.id', '=', 'versions.dataset').onRef('datasets.version', '=', 'versions.number'),
    )
    .select(['number', 'classifier'])
    .where('dataset', '=', dataset)
    .executeTakeFirst()
  return row && { number: row.number, classifier: JSON.parse(row.classifier) }
}

export async function promote(store: Store, dataset: number, number: number): Promise<void> {
  await store.updateTable('datasets').set({ version: number }).where('id', '=', dataset).execute()
}
