import { z } from 'zod'
import { DEFAULT_DATASET, listDatasets } from '../../db/datasets.ts'
import { listTrainedServers } from '../../db/trained-servers.ts'
import { readActiveNumber } from '../../db/versions.ts'
import { UserError } from '../../errors.ts'
import type { BotContext } from '../context.ts'
import { findMember } from '../member.ts'

/** Trained servers that are asked whether somebody is a member: each costs a request. */
const MAX_SERVERS_ASKED = 10
/** How long it is remembered where somebody used the bot last. */
const LAST_SERVER_TTL_MS = 90 * 24 * 3600_000

const keyOf = (person: string): string => `lately:${person}`
const StoredServer = z.string().optional().catch(undefined)

/**
 * The server whose labels a direct message means: where this person used the bot last, or a trained one that they
 * are a member of. Nobody learns anything about a server that they are not in. Throws UserError direct.no-server
 */
export async function findServer(bot: BotContext, person: string): Promise<string> {
  const last = StoredServer.parse(await bot.app.ttlStore.get(keyOf(person)))
  const known = await listTrainedServers(bot.app.db, { person, limit: MAX_SERVERS_ASKED })
  const others = known.filter((id) => id !== last)
  let asked = 0
  for (const id of last === undefined ? others : [last, ...others]) {
    if (id === last && !(await isTrained(bot, id))) continue
    if (await isMember(bot, id, person)) return id
    if (++asked === MAX_SERVERS_ASKED) break
  }
  throw new UserError('direct.no-server', 'Expected a member of a trained server, received somebody else')
}

export async function rememberServer({ app: { ttlStore } }: BotContext, person: string, server: string): Promise<void> {
  const key = keyOf(person)
  if ((await ttlStore.get(key)) !== server) await ttlStore.set(key, server, LAST_SERVER_TTL_MS)
}

/** Looks without making the dataset. */
async function isTrained({ app: { db } }: BotContext, server: string): Promise<boolean> {
  const dataset = (await listDatasets(db, server)).find(({ name }) => name === DEFAULT_DATASET)
  return dataset !== undefined && (await readActiveNumber(db, dataset.id)) !== undefined
}

async function isMember({ client, log }: BotContext, server: string, person: string): Promise<boolean> {
  try {
    return (await findMember(client, server, person)) !== undefined
  } catch (err) {
    log.info({ err, server }, 'a member could not be asked for')
    return false
  }
}
