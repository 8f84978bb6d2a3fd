// What must not happen however processes die.
import type { Cluster } from '../../test/support/cluster.ts'
import type { Town } from './town.ts'

const LOOK_MS = 500

/** How often something happened that may not. */
export type Faults = {
  /** Calls that were acknowledged and never answered. */
  lost: number
  /** Calls that ended with different answers, and what those were. */
  doubled: number
  doubles: string[][]
  /** Pictures that were said to be added and are not there; and those that nobody was told of, though their call was acknowledged. */
  missing: number
  unexpected: number
  concurrentTrainings: number
  olderActivated: number
  /** Acknowledgements after Discord's three seconds, which a machine that does everything at once may be too slow for. */
  late: number
  /** What else the stand-in for Discord says that no bot may do. */
  complaints: string[]
}

type Seen = Pick<Faults, 'concurrentTrainings' | 'olderActivated'>

/** Looks at the database all the time. @returns what ends that, with what was seen */
export function watchDatabase(cluster: Cluster): { stop(): Promise<Seen> } {
  const seen: Seen = { concurrentTrainings: 0, olderActivated: 0 }
  const active = new Map<number, number>()
  let looking = Promise.resolve()
  const look = async (): Promise<void> => {
    for (const { id, version } of await cluster.query<{ id: string; version: string | null }>(
      'select id, version from datasets',
    )) {
      const [dataset, now] = [Number(id), Number(version ?? 0)]
      if (now < (active.get(dataset) ?? 0)) seen.olderActivated++
      active.set(dataset, now)
    }
    const twice = await cluster.query(
      "select data->>'dataset' as dataset from mekiki_jobs.job where state = 'active' group by 1 having count(*) > 1",
    )
    seen.concurrentTrainings += twice.length
  }
  const timer = setInterval(() => {
    looking = looking.then(look).catch(() => {})
  }, LOOK_MS)
  return {
    async stop() {
      clearInterval(timer)
      await looking
      return seen
    },
  }
}

export async function inspect({ cluster, asked }: Town, seen: Seen): Promise<Faults> {
  const [late = [], complaints = []] = split(cluster.stand.complaints)
  const acknowledged = asked.filter((each) => each.acknowledged)
  const lost = acknowledged.filter(({ answeredMs }) => answeredMs === undefined).length
  const doubles = acknowledged.filter(({ finals }) => finals.size > 1).map(({ finals }) => [...finals])
  // Every picture has a name and pixels of its own.
  const [{ count } = { count: '0' }] = await cluster.query<{ count: string }>('select count(*) from examples')
  const stored = Number(count)
  const added = acknowledged.filter(({ kind, finals }) => kind === 'label' && [...finals].some(saysAdded)).length
  const silent = asked.filter(({ kind, finals }) => kind === 'label' && ![...finals].some(saysAdded)).length
  return {
    ...{ lost, doubled: doubles.length, doubles, ...seen, late: late.length, complaints },
    missing: Math.max(0, added - stored),
    // Whoever was told nothing may have been served all the same: those are at most that many.
    unexpected: Math.max(0, stored - added - silent),
  }
}

const split = (complaints: readonly string[]): string[][] => {
  const isLate = (complaint: string): boolean => /^answered after \d+ ms$/.test(complaint)
  return [complaints.filter(isLate), complaints.filter((complaint) => !isLate(complaint))]
}

/** Added, or found to be there by a second process that went on after the first had added it. */
const saysAdded = (text: string): boolean => /Added 1 picture|already/i.test(text)
