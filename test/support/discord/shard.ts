// Which shard hears of what.

export type Shard = { id: number; count: number }

export const shardOf = (server: string, count: number): number => Number((BigInt(server) >> 22n) % BigInt(count))

/** What happens in a server is told to its shard; everything else, as direct messages are, to the first. */
export function concerns({ id, count }: Shard, event: string, data: unknown): boolean {
  const { guild_id, id: own } = data as { guild_id?: string; id?: string }
  const server = guild_id ?? (/^GUILD_(CREATE|UPDATE|DELETE)$/.test(event) ? own : undefined)
  return id === (server === undefined ? 0 : shardOf(server, count))
}

/** Discord numbers by the time: ids of servers that were made within one millisecond would be of one shard. */
let latest = 0n
/** Above all that anything else is numbered by within a millisecond (`snowflake`): no id is given twice. */
const WITHIN_MILLISECOND = 1n << 21n
/** The id of a server of some shard, of so many; without one, of the next. */
export function serverId({ id, count }: Shard = { id: 0, count: 1 }): string {
  const now = BigInt(Date.now()) - 1_420_070_400_000n
  latest = (now > latest ? now : latest) + 1n
  while (latest % BigInt(count) !== BigInt(id)) latest++
  return String((latest << 22n) + WITHIN_MILLISECOND)
}
