import type { Services } from './services.ts'
import { openStore } from './store/database.ts'
import { Pool } from './workers/pool.ts'

export type App = Services & { close(): Promise<void> }

/** Builds the services. The only place that chooses an implementation. */
export async function openApp(home: string): Promise<App> {
  const store = await openStore(home)
  const pools = new Map<string, Pool>()
  return {
    store,
    eyes(backbone) {
      const pool = pools.get(backbone.id) ?? new Pool(backbone)
      pools.set(backbone.id, pool)
      return pool
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.close()))
      await store.destroy()
    },
  }
}
