// PostgreSQL crashes under load and comes back: how long until every process is healthy and answers again.
// node bench/scale/restart.ts [--times 3] [--seconds 5]
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Role } from '../../src/roles/roles.ts'
import type { Served } from '../../test/support/cluster.ts'
import { ownPostgres } from '../../test/support/own-postgres.ts'
import { inspect } from './chaos-checks.ts'
import { act, openTown, type Town, teach } from './town.ts'

const SECOND_MS = 1_000
const ROLES: Role[] = ['gateway', 'inference', 'training', 'web']
/** People who ask at once, and the time between two things that one of them does. */
const [ASKERS, PAUSE_MS] = [4, 300]
const LOOK_MS = 100
const GIVE_UP_MS = 120_000

type RestartOptions = { times?: number; seconds?: number; servers?: number }
/** `healthyMs`, `answeredMs`: since it took connections again, for each crash. */
export type RestartResults = {
  seconds: number
  crashes: { healthyMs: number; answeredMs: number }[]
  lost: number
  doubled: number
  doubles: string[][]
  missing: number
  unexpected: number
}

/** @param options `seconds`: that it is away */
export async function measureRestart({
  times = 3,
  seconds = 5,
  servers = 2,
}: RestartOptions = {}): Promise<RestartResults> {
  const postgres = await ownPostgres()
  const town = await openTown({ servers, url: postgres.url })
  const { cluster } = town
  try {
    for (const role of ROLES) await cluster.start(role)
    await teach(town)
    let isOver = false
    const askers = Array.from({ length: ASKERS }, async () => {
      while (!isOver) {
        await act(town)
        await sleep(PAUSE_MS)
      }
    })
    const crashes: RestartResults['crashes'] = []
    for (let i = 0; i < times; i++) {
      await sleep(2 * SECOND_MS)
      postgres.crash()
      await sleep(seconds * SECOND_MS)
      postgres.start()
      crashes.push(await untilWell(town))
    }
    isOver = true
    await Promise.all(askers)
    const { lost, doubled, doubles, missing, unexpected } = await inspect(town, {
      concurrentTrainings: 0,
      olderActivated: 0,
    })
    return { seconds, crashes, lost, doubled, doubles, missing, unexpected }
  } finally {
    await cluster.close()
    postgres.remove()
  }
}

async function untilWell({ cluster, asked }: Town): Promise<{ healthyMs: number; answeredMs: number }> {
  const from = performance.now()
  const isAnswered = (): boolean =>
    asked.some(({ from: call, answeredMs }) => answeredMs !== undefined && call.at > from)
  const times = { healthyMs: 0, answeredMs: 0 }
  const elapsed = (): number => Math.round(performance.now() - from)
  while (times.healthyMs === 0 || times.answeredMs === 0) {
    if (elapsed() > GIVE_UP_MS) throw new Error(`Not well after ${elapsed()} ms: ${await describe(cluster.processes)}`)
    if (times.answeredMs === 0 && isAnswered()) times.answeredMs = elapsed()
    const healthy = await Promise.all(cluster.processes.map(isHealthy))
    if (times.healthyMs === 0 && healthy.every(Boolean)) times.healthyMs = elapsed()
    await sleep(LOOK_MS)
  }
  return times
}

const isHealthy = async (served: Served): Promise<boolean> => (await served.health().catch(() => ({ ok: false }))).ok

const describe = async (processes: Served[]): Promise<string> =>
  JSON.stringify(await Promise.all(processes.map((served) => served.health().catch(String))))

if (import.meta.main) {
  const { values } = parseArgs({ options: { times: { type: 'string' }, seconds: { type: 'string' } } })
  const results = await measureRestart(
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)])),
  )
  console.log(JSON.stringify(results, null, 2))
  const isLate = results.crashes.some(({ healthyMs, answeredMs }) => Math.max(healthyMs, answeredMs) > 15 * SECOND_MS)
  process.exit(isLate || results.lost + results.doubled + results.missing + results.unexpected > 0 ? 1 : 0)
}
