import { DEFAULT_DATASET, openDataset } from '../../db/datasets.ts'
import { readActiveNumber } from '../../db/versions.ts'
import { UserError } from '../../errors.ts'
import type { BotContext } from '../context.ts'

/** Servers that are asked whether somebody is in them. */
const TRIED = 10

/**
 * Whose labels a direct message means: the server where this person used the program last, or the first trained one
 * that they are in. Nobody learns anything of a server that they are not in. Throws UserError direct.no-server
 */
export async function findServer(bot: BotContext, person: string): Promise<string> {
  const lately = await bot.app.ttlStore.get<string>(`lately:${person}`)
  const others = bot.client.guilds.cache.map((g) => g.id).filter((id) => id !== lately)
  let tried = 0
  for (const id of lately === undefined ? others : [lately, ...others]) {
    if (!(await isTrained(bot, id))) continue
    if (await isMember(bot, id, person)) return id
    if (++tried === TRIED) break
  }
  throw new UserError('direct.no-server', 'Expected somebody of a server where it was taught, received another')
}

/** How long it is remembered where somebody used the program last, in milliseconds. */
const KEPT = 90 * 24 * 3600_000

export async function rememberServer({ app: { ttlStore } }: BotContext, person: string, server: string): Promise<void> {
  const key = `lately:${person}`
  if ((await ttlStore.get(key)) !== server) await ttlStore.set(key, server, KEPT)
}

async function isTrained({ app: { db } }: BotContext, server: string): Promise<boolean> {
  return (await readActiveNumber(db, await openDataset(db, server, DEFAULT_DATASET, true))) !== undefined
}

const isMember = async ({ client }: BotContext, server: string, person: string): Promise<boolean> => {
  const guild = client.guilds.cache.get(server)
  return guild
    ? guild.members.fetch(person).then(
        () => true,
        () => false,
      )
    : false
}
