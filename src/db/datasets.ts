import { type Backbone, EMBEDDED } from '../../models/backbones/registry.ts'
import { UserError } from '../errors.ts'
import { parseName } from '../label.ts'
import { recordChange } from './audit.ts'
import { readBackbone } from './backbones.ts'
import { changeDataset, type Database } from './connection.ts'

/** The dataset that the terminal and every server start with. */
export const DEFAULT_DATASET = 'main'
/** The server of what is filed through the terminal. */
export const LOCAL_SERVER = ''

/** A dataset's id. One that is new is made where `make` says so; the first one always. Throws UserError dataset.* */
export async function openDataset(db: Database, server: string, text: string, make: boolean): Promise<number> {
  const name = parseName('dataset', text)
  const find = db.selectFrom('datasets').select('id').where('server', '=', server).where('name', '=', name)
  const found = await find.executeTakeFirst()
  if (found) return found.id
  if (!make && name !== DEFAULT_DATASET) {
    const known = await listDatasets(db, server)
    throw new UserError(
      'dataset.not-found',
      `Expected a dataset that exists (${known.map((d) => d.name).join(', ') || DEFAULT_DATASET}), received ${name}`,
    )
  }
  const values = { server, name, version: null, backbone: EMBEDDED.id }
  await db
    .insertInto('datasets')
    .values(values)
    .onConflict((c) => c.doNothing())
    .execute()
  return (await find.executeTakeFirstOrThrow()).id
}

export const listDatasets = (db: Database, server: string): Promise<{ id: number; name: string }[]> =>
  db.selectFrom('datasets').select(['id', 'name']).where('server', '=', server).orderBy('name').execute()

export const allDatasets = (db: Database): Promise<{ id: number; server: string }[]> =>
  db.selectFrom('datasets').select(['id', 'server']).execute()

/** Which server a dataset belongs to. */
export async function readServerOf(db: Database, dataset: number): Promise<string> {
  const row = await db.selectFrom('datasets').select('server').where('id', '=', dataset).executeTakeFirstOrThrow()
  return row.server
}

/** The backbone that a dataset's pictures are seen with from now on. */
export async function datasetBackbone(db: Database, dataset: number): Promise<Backbone> {
  const row = await db.selectFrom('datasets').select('backbone').where('id', '=', dataset).executeTakeFirstOrThrow()
  return readBackbone(db, row.backbone)
}

export function setDatasetBackbone(db: Database, dataset: number, id: string, by: string): Promise<void> {
  return changeDataset(db, dataset, async (t) => {
    await t.updateTable('datasets').set({ backbone: id }).where('id', '=', dataset).execute()
    await recordChange(t, dataset, by, 'backbone changed', { backbone: id })
  })
}
