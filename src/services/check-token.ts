import { UserError } from '../errors.ts'
import { type Access, Application, askDiscord, DiscordAnswer } from './discord-api.ts'
import { seesContent } from './discord-check.ts'

/** What Discord says of a bot. `seesContent`: the Message Content intent is granted. */
export type CheckedBot = { id: string; name: string; seesContent: boolean; isPublic: boolean }

const UNAUTHORIZED = 401
/** What no header can hold is no token either. */
const TOKEN = /^[\w.-]{10,}$/

/** @returns what Discord says of the bot that a token belongs to; undefined where it knows none. Throws UserError discord.unreachable */
export async function checkToken({ token, api }: Access): Promise<CheckedBot | undefined> {
  if (!TOKEN.test(token)) return undefined
  try {
    const application = Application.parse((await askDiscord({ token, api }, { path: '/applications/@me' })).answer)
    const { id, name, bot_public: isPublic = true } = application
    return { id, name, seesContent: seesContent(application), isPublic }
  } catch (error) {
    if (error instanceof DiscordAnswer && error.status === UNAUTHORIZED) return undefined
    const why = error instanceof Error ? error.message : String(error)
    throw new UserError(
      'discord.unreachable',
      `Expected an answer of Discord, received none that helps: ${why}`,
      {},
      { cause: error },
    )
  }
}
