/** One of so many. */
export type Shard = { id: number; count: number }

/** A server's id begins with the time at which it was made. */
const TIMESTAMP_SHIFT = 22n

/** As Discord has it. */
const shardOf = (server: string, count: number): number => Number((BigInt(server) >> TIMESTAMP_SHIFT) % BigInt(count))

/** Whether a connection has a server. @param shard undefined: it has all */
export const isOwnServer = (shard: Shard | undefined, server: string): boolean =>
  shard === undefined || shardOf(server, shard.count) === shard.id
