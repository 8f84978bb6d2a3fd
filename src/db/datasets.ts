import { type Backbone, EMBEDDED } from '../../models/backbones/registry.ts'
import { UserError } from '../errors.ts'
import { parseName } from '../label.ts'
import { recordChange } from './audit.ts'
import { joinBackboneIds, readBackbones } from './backbones.ts'
import type { Database } from './connection.ts'

/** The dataset that the terminal and every server start with. */
export const DEFAULT_DATASET = 'main'
/** The server of what is added through the terminal. */
export const LOCAL_SERVER = ''

/** In a direct message, what is asked of no server in particular. There is no dataset in it. */
export const NO_SERVER = 'direct'

/** `create`: whether a dataset that is not there is made; the default one always is. */
type DatasetName = { server: string; name: string; create: boolean }

/** The id of a server's dataset. Throws UserError dataset.empty, .too-long, .control-character, .not-found */
export async function openDataset(db: Database, { server, name: text, create }: DatasetName): Promise<number> {
  const name = parseName('dataset', text)
  const find = db.selectFrom('datasets').select('id').where('server', '=', server).where('name', '=', name).limit(1)
  const found = await find.executeTakeFirst()
  if (found) return found.id
  if (!create && name !== DEFAULT_DATASET) {
    const known = (await listDatasets(db, server)).map((d) => d.name).join(', ')
    throw new UserError(
      'dataset.not-found',
      `Expected a dataset that exists (${known || DEFAULT_DATASET}), received ${name}`,
    )
  }
  await db
    .insertInto('datasets')
    .values({ server, name, version: null, backbone: EMBEDDED.id })
    .onConflict((c) => c.doNothing())
    .execute()
  return (await find.executeTakeFirstOrThrow()).id
}

/** A server's datasets, by name. */
export const listDatasets = (db: Database, server: string): Promise<{ id: number; name: string }[]> =>
  db.selectFrom('datasets').select(['id', 'name']).where('server', '=', server).orderBy('name').execute()

/** Every server's datasets. */
export const allDatasets = (db: Database): Promise<{ id: number; server: string }[]> =>
  db.selectFrom('datasets').select(['id', 'server']).execute()

/** Which server a dataset belongs to. */
export async function readServerOf(db: Database, dataset: number): Promise<string> {
  const server = await findServerOf(db, dataset)
  if (server === undefined) throw new Error(`Expected a dataset that exists, received ${dataset}`)
  return server
}

/** Which server a dataset belongs to; undefined where it was deleted. */
export async function findServerOf(db: Database, dataset: number): Promise<string | undefined> {
  const row = await db.selectFrom('datasets').select('server').where('id', '=', dataset).limit(1).executeTakeFirst()
  return row?.server
}

/** The backbones that embed a dataset's pictures, one or more. Throws UserError backbone.gone, .unusable */
export const datasetBackbones = async (db: Database, dataset: number): Promise<[Backbone, ...Backbone[]]> =>
  readBackbones(db, await datasetBackboneIds(db, dataset))

/** Their ids, joined, whether or not they are still there. */
export async function datasetBackboneIds(db: Database, dataset: number): Promise<string> {
  const row = await db
    .selectFrom('datasets')
    .select('backbone')
    .where('id', '=', dataset)
    .limit(1)
    .executeTakeFirstOrThrow()
  return row.backbone
}

/** Embeds a dataset's pictures with other backbones from now on. */
export function setDatasetBackbones(
  db: Database,
  dataset: number,
  { backbones, by }: { backbones: Backbone[]; by: string },
): Promise<void> {
  const backbone = joinBackboneIds(backbones)
  return db.transaction().execute(async (t) => {
    await t.updateTable('datasets').set({ backbone }).where('id', '=', dataset).execute()
    await recordChange(t, { dataset, by, action: 'backbone changed', detail: { backbone } })
  })
}
