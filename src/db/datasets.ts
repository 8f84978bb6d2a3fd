import { type Backbone, EMBEDDED } from '../../models/backbones/registry.ts'
import { UserError } from '../errors.ts'
import { parseName } from '../label.ts'
import { record } from './audit.ts'
import { readBackbone } from './backbones.ts'
import { changing, type Store } from './connection.ts'

/** The dataset that the terminal and every server start with. */
export const FIRST = 'main'
/** The server of what is filed through the terminal. */
export const TERMINAL = ''

/** A dataset's id. One that is new is made where `make` says so; the first one always. Throws UserError dataset.* */
export async function openDataset(store: Store, server: string, text: string, make: boolean): Promise<number> {
  const name = parseName('dataset', text)
  const find = store.selectFrom('datasets').select('id').where('server', '=', server).where('name', '=', name)
  const found = await find.executeTakeFirst()
  if (found) return found.id
  if (!make && name !== FIRST) {
    const known = await listDatasets(store, server)
    throw new UserError(
      'dataset.not-found',
      `Expected a dataset that exists (${known.map((d) => d.name).join(', ') || FIRST}), received ${name}`,
    )
  }
  const values = { server, name, version: null, backbone: EMBEDDED.id }
  await store
    .insertInto('datasets')
    .values(values)
    .onConflict((c) => c.doNothing())
    .execute()
  return (await find.executeTakeFirstOrThrow()).id
}

export const listDatasets = (store: Store, server: string): Promise<{ id: number; name: string }[]> =>
  store.selectFrom('datasets').select(['id', 'name']).where('server', '=', server).orderBy('name').execute()

export const allDatasets = (store: Store): Promise<{ id: number; server: string }[]> =>
  store.selectFrom('datasets').select(['id', 'server']).execute()

/** Which server a dataset belongs to. */
export async function serverOf(store: Store, dataset: number): Promise<string> {
  const row = await store.selectFrom('datasets').select('server').where('id', '=', dataset).executeTakeFirstOrThrow()
  return row.server
}

/** The backbone that a dataset's pictures are seen with from now on. */
export async function datasetBackbone(store: Store, dataset: number): Promise<Backbone> {
  const row = await store.selectFrom('datasets').select('backbone').where('id', '=', dataset).executeTakeFirstOrThrow()
  return readBackbone(store, row.backbone)
}

export function setDatasetBackbone(store: Store, dataset: number, id: string, by: string): Promise<void> {
  return changing(store, dataset, async (t) => {
    await t.updateTable('datasets').set({ backbone: id }).where('id', '=', dataset).execute()
    await record(t, dataset, by, 'backbone changed', { backbone: id })
  })
}
