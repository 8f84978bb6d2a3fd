import { openStore, type Store } from './store/database.ts'
import { datasetId } from './store/examples.ts'
import { Pool } from './workers/pool.ts'

export type App = { store: Store; pool: Pool; dataset: number; close(): Promise<void> }

/** Builds the services. The only place that chooses an implementation. */
export async function openApp(home: string, dataset: string): Promise<App> {
  const store = await openStore(home)
  const pool = new Pool()
  return {
    store,
    pool,
    dataset: await datasetId(store, dataset),
    async close() {
      await pool.close()
      await store.destroy()
    },
  }
}
