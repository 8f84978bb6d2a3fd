// Whether every shard is served, all the time.
import { readFileSync } from 'node:fs'
import type { StandIn } from '../../test/support/discord/stand-in.ts'

/** Between two looks. */
const LOOK_MS = 20
const KIB_PER_MIB = 1024

/** `gaps`: looks at which a shard had no session; `overlaps`: shards that had two; `started`: sessions that began, by shard. */
export type Watched = { gaps: number; overlaps: number; started: number[] }

export function watchShards({ gateway }: StandIn, shards: number): { stop(): Watched } {
  const before = gateway.started.length
  let gaps = 0
  const overlapped = new Set<number>()
  const timer = setInterval(() => {
    const connected = gateway.connectedShards
    for (let shard = 0; shard < shards; shard++) if (!connected.includes(shard)) gaps++
    for (const [i, shard] of connected.entries()) if (connected[i - 1] === shard) overlapped.add(shard)
  }, LOOK_MS)
  return {
    stop() {
      clearInterval(timer)
      const started = gateway.started.slice(before)
      const counts = Array.from({ length: shards }, (_, id) => started.filter(({ shard }) => shard === id).length)
      return { gaps, overlaps: overlapped.size, started: counts }
    },
  }
}

/** The most memory that a process ever had, in MiB, on Linux. */
export const peakOf = (pid: number | undefined): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / KIB_PER_MIB
