import { z } from 'zod'
import type { ServiceContext } from '../context.ts'
import { countUnlearned } from '../db/example-changes.ts'

/** Changed examples that no version has learned, and the latest version at that time, 0: none. It is stored. */
const Pending = z.object({ examples: z.int(), version: z.int() })
type Pending = z.infer<typeof Pending>

/** What no version has learned. What the audit log no longer tells of was stored when it was noticed. */
export async function countPending({ db, ttlStore }: ServiceContext, dataset: number): Promise<Pending> {
  const { examples, version } = await countUnlearned(db, dataset)
  const stored = Pending.safeParse(await ttlStore.get(storeKey(dataset))).data
  return { version, examples: stored?.version === version ? Math.max(examples, stored.examples) : examples }
}

export const keepPending = async ({ ttlStore }: ServiceContext, dataset: number, pending: Pending): Promise<void> =>
  void (await ttlStore.set(storeKey(dataset), pending))

export const forgetPending = async ({ ttlStore }: ServiceContext, dataset: number): Promise<void> =>
  void (await ttlStore.delete(storeKey(dataset)))

/** Keys of the store stay as they are: they are stored. */
const storeKey = (dataset: number): string => `due:${dataset}`
