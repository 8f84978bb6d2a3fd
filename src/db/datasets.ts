import { type Backbone, EMBEDDED } from '../../models/backbones/registry.ts'
import { UserError } from '../errors.ts'
import { compareBy, parseName } from '../label.ts'
import { recordChange } from './audit.ts'
import { joinBackboneIds, readBackbones } from './backbones.ts'
import type { Database } from './connection.ts'
import { changeDataset, inTransaction, lockServer } from './transactions.ts'

/** The dataset that the terminal and every server start with. */
export const DEFAULT_DATASET = 'main'
/** The server of what is added through the terminal. */
export const LOCAL_SERVER = ''

/** In a direct message, what is asked of no server in particular. There is no dataset in it. */
export const NO_SERVER = 'direct'
/** No dataset has this id. */
export const NO_DATASET = 0

/** `create`: whether a dataset that is not there is made; the default one always is. */
type DatasetName = { server: string; name: string; create: boolean }
type Dataset = { id: number; name: string }

/** The id of a server's dataset. Throws UserError dataset.empty, .too-long, .control-character, .not-found */
export async function openDataset(db: Database, { server, name: text, create }: DatasetName): Promise<number> {
  const name = parseName('dataset', text)
  const found = await findDataset(db, server, name)
  if (found) return found.id
  if (!create && name !== DEFAULT_DATASET) throw notFound(await listDatasets(db, server), name)
  return inTransaction(db, async (t) => {
    await lockServer(t, server)
    // Another may have made it meanwhile.
    const made = await findDataset(t, server, name)
    return made ? made.id : insertDataset(t, { server, name, backbone: EMBEDDED.id })
  })
}

/** A server's dataset of this name, which is compared as labels are: without case, and in all of Unicode's widths. */
export async function findDataset(db: Database, server: string, text: string): Promise<Dataset | undefined> {
  const name = parseName('dataset', text)
  const query = db.selectFrom('datasets').select(['id', 'name']).where('server', '=', server).where('name', '=', name)
  const same = await query.limit(1).executeTakeFirst()
  const key = compareBy(name)
  return same ?? (await listDatasets(db, server)).find((dataset) => compareBy(dataset.name) === key)
}

/** Throws UserError dataset.* */
export async function requireDataset(db: Database, server: string, name: string): Promise<Dataset> {
  const found = await findDataset(db, server, name)
  if (found) return found
  throw notFound(await listDatasets(db, server), name)
}

function notFound(known: Dataset[], name: string): UserError {
  const names = known.map((dataset) => dataset.name).join(', ') || DEFAULT_DATASET
  return new UserError('dataset.not-found', `Expected a dataset that exists (${names}), received ${name}`)
}

type NewDataset = { server: string; name: string; backbone: string }

/** @returns its id */
export async function insertDataset(db: Database, dataset: NewDataset): Promise<number> {
  const row = { ...dataset, version: null }
  return (await db.insertInto('datasets').values(row).returning('id').executeTakeFirstOrThrow()).id
}

/** A server's datasets, by name. */
export const listDatasets = (db: Database, server: string): Promise<Dataset[]> =>
  db.selectFrom('datasets').select(['id', 'name']).where('server', '=', server).orderBy('name').execute()

/**
 * In place of a server: of datasets that were deleted, until all of their rows are, and of copies that are not finished.
 * Nobody finds them, and nothing is done for them.
 */
export const DELETED = 'deleted'
export const UNFINISHED = 'unfinished'
const HIDDEN = [DELETED, UNFINISHED]

/** Every server's datasets. */
export const allDatasets = (db: Database): Promise<{ id: number; server: string }[]> =>
  db
    .selectFrom('datasets')
    .select(['id', 'server'])
    .where('server', 'not in', [...HIDDEN])
    .execute()

/** Which server a dataset belongs to. Throws UserError dataset.gone */
export async function readServerOf(db: Database, dataset: number): Promise<string> {
  const server = await findServerOf(db, dataset)
  if (server === undefined) throw datasetGone(dataset)
  return server
}

/** Somebody deleted or emptied it while something was done in it. */
export const datasetGone = (dataset: number): UserError =>
  new UserError(
    'dataset.gone',
    `Expected a dataset that is there, found that ${dataset} was deleted or emptied meanwhile`,
  )

/** What a dataset is called, and on which server. */
export const readDatasetPlace = (db: Database, dataset: number) =>
  db.selectFrom('datasets').select(['name', 'server']).where('id', '=', dataset).limit(1).executeTakeFirstOrThrow()

/** Which server a dataset belongs to; undefined where it was deleted. */
export async function findServerOf(db: Database, dataset: number): Promise<string | undefined> {
  const row = await db.selectFrom('datasets').select('server').where('id', '=', dataset).limit(1).executeTakeFirst()
  return row && HIDDEN.includes(row.server) ? undefined : row?.server
}

/** Whose a dataset is, and what it is called; undefined where it was deleted. */
export async function findPlace(db: Database, id: number): Promise<{ server: string; dataset: string } | undefined> {
  const query = db.selectFrom('datasets').select(['server', 'name as dataset']).where('id', '=', id)
  return query
    .where('server', 'not in', [...HIDDEN])
    .limit(1)
    .executeTakeFirst()
}

/** The backbones that embed a dataset's pictures, one or more. Throws UserError backbone.gone, .unusable, dataset.gone */
export const datasetBackbones = async (db: Database, dataset: number): Promise<[Backbone, ...Backbone[]]> =>
  readBackbones(db, await datasetBackboneIds(db, dataset))

/** Their ids, joined, whether or not they are still there. Throws UserError dataset.gone */
export async function datasetBackboneIds(db: Database, dataset: number): Promise<string> {
  const row = await db.selectFrom('datasets').select('backbone').where('id', '=', dataset).limit(1).executeTakeFirst()
  if (!row) throw datasetGone(dataset)
  return row.backbone
}

/** Embeds a dataset's pictures with other backbones from now on. */
export function setDatasetBackbones(
  db: Database,
  dataset: number,
  { backbones, by }: { backbones: Backbone[]; by: string },
): Promise<void> {
  const backbone = joinBackboneIds(backbones)
  return changeDataset(db, dataset, async (t) => {
    await t.updateTable('datasets').set({ backbone }).where('id', '=', dataset).execute()
    await recordChange(t, { dataset, by, action: 'backbone changed', detail: { backbone } })
  })
}
