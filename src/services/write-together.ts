import type { Database } from '../db/connection.ts'
import { addExamples, type NewExample } from '../db/examples.ts'
import type { Limits } from '../db/server-limits.ts'
import type { UserError } from '../errors.ts'

/** The example's id; undefined where it is there; or why it may not be added. */
type Written = (number | undefined | UserError)[]
type Waiting = { examples: NewExample[]; resolve(written: Written): void; reject(error: unknown): void }

/** Examples that are written at once: others want to write, too. */
const MOST = 32

/** What waits while others of its dataset are written. */
const queues = new WeakMap<Database, Map<number, Waiting[]>>()

/**
 * Adds examples as `addExamples` does. Those that are given while others of the dataset are written share the next transaction, and
 * with it one wait for the disk: files that are sent one by one, several at once, are written like those of a folder.
 */
export function writeTogether(
  db: Database,
  dataset: number,
  { examples, limits }: { examples: NewExample[]; limits: Limits },
): Promise<Written> {
  const ofDatabase = queues.get(db) ?? new Map<number, Waiting[]>()
  queues.set(db, ofDatabase)
  return new Promise((resolve, reject) => {
    const one = { examples, resolve, reject }
    const queue = ofDatabase.get(dataset)
    if (queue) {
      queue.push(one)
      return
    }
    ofDatabase.set(dataset, [one])
    void writeAll(ofDatabase, dataset, (all) => addExamples(db, dataset, { examples: all, limits }))
  })
}

async function writeAll(
  queues: Map<number, Waiting[]>,
  dataset: number,
  write: (examples: NewExample[]) => Promise<Written>,
): Promise<void> {
  const queue = queues.get(dataset) ?? []
  while (queue.length > 0) {
    const some = takeSome(queue)
    try {
      const written = (await write(some.flatMap(({ examples }) => examples))).values()
      for (const { examples, resolve } of some) resolve(examples.map(() => written.next().value))
    } catch (error) {
      for (const { reject } of some) reject(error)
    }
  }
  queues.delete(dataset)
}

/** As many as fit, at least one. */
function takeSome(queue: Waiting[]): Waiting[] {
  let [end, count] = [0, 0]
  for (const { examples } of queue) {
    count += examples.length
    if (count > MOST && end > 0) break
    end++
  }
  return queue.splice(0, end)
}
