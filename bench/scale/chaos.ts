// Real processes of every role on one PostgreSQL, of which one is killed every few seconds while people go on asking.
// .ci/with-postgres node bench/scale/chaos.ts [--minutes 10] [--every 5] [--seed 1]
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Role } from '../../src/roles/roles.ts'
import type { Served } from '../../test/support/cluster.ts'
import { quantile } from './asked.ts'
import { type Faults, inspect, watchDatabase } from './chaos-checks.ts'
import { act, openTown, type Town, teach } from './town.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
/** People who ask at once, and the time between two things that one of them does. */
const [ASKERS, PAUSE_MS] = [6, 300]
const ROLES: Role[] = ['gateway', 'gateway', 'inference', 'inference', 'training']

type ChaosOptions = { minutes?: number; every?: number; seed?: number; servers?: number }
export type ChaosResults = Faults & {
  minutes: number
  kills: Record<string, number>
  asked: number
  acknowledged: number
  answered: number
  /** Seconds from acknowledgement to answer. */
  p50: number
  p99: number
  max: number
}

export async function measureChaos({
  minutes = 10,
  every = 5,
  seed = 1,
  servers = 3,
}: ChaosOptions = {}): Promise<ChaosResults> {
  const town = await openTown({ seed, servers })
  const { cluster } = town
  try {
    for (const role of ROLES) await cluster.start(role)
    await teach(town)
    const watch = watchDatabase(cluster)
    const kills = await rage(town, { until: performance.now() + minutes * MINUTE_MS, everyMs: every * SECOND_MS })
    const faults = await inspect(town, await watch.stop())
    const times = town.asked.flatMap(({ answeredMs }) => (answeredMs === undefined ? [] : [answeredMs / SECOND_MS]))
    const acknowledged = town.asked.filter((asked) => asked.acknowledged).length
    return {
      ...{ minutes, kills, asked: town.asked.length, acknowledged, answered: times.length },
      ...{ p50: quantile(times, 0.5), p99: quantile(times, 0.99), max: Math.max(...times) },
      ...faults,
    }
  } finally {
    await cluster.close()
  }
}

/** Kills and starts processes until it is over, while people ask. @returns how often each role was killed */
async function rage(town: Town, { until, everyMs }: { until: number; everyMs: number }) {
  const isOver = (): boolean => performance.now() > until
  const kills: Record<string, number> = {}
  const starting = new Set<Promise<unknown>>()
  const askers = Array.from({ length: ASKERS }, async () => {
    while (!isOver()) {
      await act(town)
      await sleep(PAUSE_MS)
    }
  })
  while (!isOver()) {
    await sleep(everyMs)
    const victim = pickVictim(town)
    if (!victim) continue
    kills[victim.role] = (kills[victim.role] ?? 0) + 1
    await victim.kill()
    // One that is killed while it starts is started again when its turn comes.
    const start = town.cluster.start(victim.role).catch(() => {})
    starting.add(start)
    void start.finally(() => starting.delete(start))
  }
  await Promise.all(askers)
  await Promise.all(starting)
  return kills
}

const pickVictim = ({ cluster, random }: Town): Served | undefined => {
  const alive = cluster.processes.filter((served) => served.isAlive())
  return alive[Math.floor(random() * alive.length)]
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { minutes: { type: 'string' }, every: { type: 'string' }, seed: { type: 'string' } },
  })
  const given = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]))
  const results = await measureChaos(given)
  console.log(JSON.stringify(results, null, 2))
  const { lost, doubled, missing, unexpected, concurrentTrainings, olderActivated, complaints } = results
  const isWrong = [lost, doubled, missing, unexpected, concurrentTrainings, olderActivated, complaints.length].some(
    Boolean,
  )
  process.exit(isWrong || results.p99 > 35 ? 1 : 0)
}
