// Tests of what stands on the database, once on each engine: import `test` from here instead of from node:test.
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'
import { type TestContext, test as testOnce } from 'node:test'
import type { Engine } from '../../src/db/engine.ts'
import { skipWithoutPostgres } from './postgres.ts'

const engines = new AsyncLocalStorage<Engine>()

/** What the test that asks runs on; SQLite where it does not say. */
export const engineOfTest = (): Engine => engines.getStore() ?? 'sqlite'

/** Runs a test on SQLite and on PostgreSQL; `makeDatabase` in it opens that engine. */
export function test(name: string, work: (t: TestContext) => Promise<void> | void): void {
  testOnce(name, (t) => engines.run('sqlite', () => work(t)))
  testOnce(`${name} (PostgreSQL)`, { skip: skipWithoutPostgres }, (t) => engines.run('postgres', () => work(t)))
}

/** Outside of every test: what is made here stays until all of a file have ended. */
const file = new AsyncResource('test file')

/** What the tests of a file share: made once for each engine, when the first test on it asks. */
export function sharedByEngine<T>(make: () => Promise<T>): () => Promise<T> {
  const made = new Map<Engine, Promise<T>>()
  return () => {
    const engine = engineOfTest()
    const shared = made.get(engine) ?? file.runInAsyncScope(() => engines.run(engine, make))
    made.set(engine, shared)
    return shared
  }
}
