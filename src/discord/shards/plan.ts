import type { ShardChanges, ShardCluster } from '../../db/shards.ts'

/** `maxStarting`: sessions that may begin at once; `settledMs`: gateways that came later are not yet reckoned with. */
type Planning = ShardCluster & { gateway: string; maxStarting: number; settledMs: number }

const NOTHING: ShardChanges = { take: [], drain: [], resume: [] }

/**
 * What a gateway does next, so that every shard is held and all gateways hold about as many: it takes what is free,
 * whoever holds least first; it hands over what it has too much of, but not while others come or go; and it keeps what
 * nobody else has taken.
 */
export function planShards({
  shardCount,
  gateways,
  sessions,
  gateway,
  maxStarting,
  settledMs,
}: Planning): ShardChanges {
  const own = sessions.filter((session) => session.gateway === gateway)
  const inState = (state: string): number[] => own.filter((s) => s.state === state).map(({ shard }) => shard)
  const taking = gateways.filter(({ isDraining }) => !isDraining)
  if (!taking.some(({ id }) => id === gateway)) return { ...NOTHING, drain: inState('ready') }

  const heldBy = (id: string): number => sessions.filter((s) => s.gateway === id && s.state !== 'draining').length
  const held = heldBy(gateway)
  const least = Math.min(...taking.filter(({ id }) => id !== gateway).map(({ id }) => heldBy(id)), shardCount)
  const share = Math.min(Math.ceil(shardCount / taking.length), least + 1)
  const isHeld = new Set(sessions.filter(({ state }) => state !== 'draining').map(({ shard }) => shard))
  const free = Array.from({ length: shardCount }, (_, shard) => shard).filter((shard) => !isHeld.has(shard))

  const room = Math.max(0, share - held)
  const resume = inState('draining')
    .filter((shard) => free.includes(shard))
    .slice(0, held <= least ? room : 0)
  // Each waits for its turn to begin, and a connection that only waits is cut.
  const starting = sessions.filter(({ state }) => state === 'starting').length
  const mayStart = Math.max(0, Math.min(maxStarting - inState('starting').length, 2 * maxStarting - starting))
  const notOwn = free.filter((shard) => !own.some((session) => session.shard === shard))
  const take = notOwn.slice(0, Math.min(room - resume.length, mayStart))

  const isSettled =
    gateways.every(({ isDraining, sinceMs }) => !isDraining && sinceMs >= settledMs) &&
    sessions.every(({ state }) => state === 'ready')
  const surplus = isSettled && take.length === 0 ? Math.floor((held - least) / 2) : 0
  const drain = surplus > 0 ? inState('ready').slice(-Math.min(surplus, maxStarting)) : []
  return { take, drain, resume }
}
