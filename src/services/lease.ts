import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
// As a whole, so that a test can move its clock.
import timers from 'node:timers/promises'
import { z } from 'zod'
import type { TtlStore } from '../db/ttl-store.ts'
import { UserError } from '../errors.ts'
import type { Logger } from '../logger.ts'

const KEY = 'serving'
/** A lease that was not renewed for this long belongs to nobody. */
const TTL_MS = 20_000
const RENEW_MS = 4_000
const POLL_MS = 500
/** Two that write at the same moment see here who was last. */
const SETTLE_MS = 200

const Lease = z.object({ holder: z.string(), host: z.string(), pid: z.int(), until: z.number() })
type Lease = z.infer<typeof Lease>

export type HeldLease = { release(): Promise<void> }
type Options = { log: Logger; signal: AbortSignal; onLost(): void }

/**
 * Makes sure that one process alone serves a database: two would answer everything twice. What a process that was killed
 * has left is taken over at once on the same machine, and otherwise when it has expired.
 * @param options `onLost`: another process has taken the lease. Throws UserError serve.already-running
 */
export async function takeLease(store: TtlStore, { log, signal, onLost }: Options): Promise<HeldLease> {
  const holder = randomUUID()
  await waitUntilFree(store, log, signal)
  await write()
  await timers.setTimeout(SETTLE_MS, undefined, { signal })
  if (!(await isOurs())) throw alreadyRunning()
  const timer = setInterval(() => {
    renew().catch((err: unknown) => log.warn({ err }, 'lease not renewed'))
  }, RENEW_MS)
  return {
    async release() {
      clearInterval(timer)
      if (await isOurs()) await store.delete(KEY)
    },
  }

  function write(): Promise<unknown> {
    const until = Date.now() + TTL_MS
    const lease: Lease = { holder, host: hostname(), pid: process.pid, until }
    return store.set(KEY, lease, TTL_MS)
  }

  async function isOurs(): Promise<boolean> {
    return (await read(store))?.holder === holder
  }

  async function renew(): Promise<void> {
    const current = await read(store)
    if (current === undefined || current.holder === holder) await write()
    else {
      clearInterval(timer)
      onLost()
    }
  }
}

/** A process that lives renews its lease within `TTL_MS`. Throws UserError serve.already-running if one does. */
async function waitUntilFree(store: TtlStore, log: Logger, signal: AbortSignal): Promise<void> {
  const found = await read(store)
  if (!found || hasEnded(found)) return
  log.info(
    { host: found.host, pid: found.pid },
    'another process served this database: waiting to see if it still does',
  )
  for (let current: Lease | undefined = found; current; current = await read(store)) {
    if (current.holder !== found.holder || current.until !== found.until) throw alreadyRunning(current)
    await timers.setTimeout(POLL_MS, undefined, { signal })
  }
}

/** Undefined: there is none, or it has expired. */
const read = async (store: TtlStore): Promise<Lease | undefined> => Lease.safeParse(await store.get(KEY)).data

/** Whether some process serves this database now. */
export async function isServed(store: TtlStore): Promise<boolean> {
  const found = await read(store)
  return found !== undefined && !hasEnded(found)
}

/** On this machine one can look. In a container every first process has the same number: then it is this one. */
function hasEnded({ host, pid }: Lease): boolean {
  if (host !== hostname()) return false
  if (pid === process.pid) return true
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}

const alreadyRunning = (lease?: Lease): UserError =>
  new UserError(
    'serve.already-running',
    `Expected to be the only bot on this database, but ${lease ? `process ${lease.pid} on ${lease.host}` : 'another process'} serves it: stop that one first, or set another MEKIKI_HOME`,
  )
