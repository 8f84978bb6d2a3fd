import { type Backbone, EMBEDDED } from '../../models/backbones/registry.ts'
import { UserError } from '../errors.ts'
import { parseName } from '../label.ts'
import { readBackbone } from './backbones.ts'
import type { Store } from './database.ts'

/** The dataset of every home. */
const FIRST = 'main'

/** A dataset's id. One that is new is made where `make` says so; the first one always. Throws UserError dataset.* */
export async function openDataset(store: Store, text: string, make: boolean): Promise<number> {
  const name = parseName('dataset', text)
  const find = store.selectFrom('datasets').select('id').where('name', '=', name)
  const found = await find.executeTakeFirst()
  if (found) return found.id
  if (!make && name !== FIRST) {
    const known = await store.selectFrom('datasets').select('name').orderBy('name').execute()
    throw new UserError(
      'dataset.not-found',
      `Expected a dataset that exists (${known.map((d) => d.name).join(', ') || FIRST}), received ${name}`,
    )
  }
  const values = { name, version: null, backbone: EMBEDDED.id }
  await store
    .insertInto('datasets')
    .values(values)
    .onConflict((c) => c.doNothing())
    .execute()
  return (await find.executeTakeFirstOrThrow()).id
}

/** The backbone that a dataset's pictures are seen with from now on. */
export async function datasetBackbone(store: Store, dataset: number): Promise<Backbone> {
  const row = await store.selectFrom('datasets').select('backbone').where('id', '=', dataset).executeTakeFirstOrThrow()
  return readBackbone(store, row.backbone)
}

export async function setDatasetBackbone(store: Store, dataset: number, id: string): Promise<void> {
  await store.updateTable('datasets').set({ backbone: id }).where('id', '=', dataset).execute()
}
