import { Keyv } from 'keyv'
import { UserError } from '../errors.ts'

/** At most `max` in `windowMs` milliseconds. */
type Limit = { max: number; windowMs: number }
const MINUTE_MS = 60_000

/** For one person in one server: pictures, commands that are expensive, and each other command by its name. */
const PERSON_LIMITS = new Map<string, Limit>([
  ['pictures', { max: 60, windowMs: MINUTE_MS }],
  ['train', { max: 6, windowMs: 10 * MINUTE_MS }],
  ['export', { max: 3, windowMs: 10 * MINUTE_MS }],
])
const OTHER_LIMIT: Limit = { max: 40, windowMs: MINUTE_MS }
/** For all people of one server together. */
const SERVER_LIMITS = new Map<string, Limit>([['pictures', { max: 400, windowMs: MINUTE_MS }]])

type Window = { used: number; until: number }
type Use = { server: string; person: string; kind: string; amount: number }

/** Limits what one person, and one server, may ask for: counted in windows that expire by themselves. */
export class Cooldowns {
  private readonly windows = new Keyv<Window>()

  /** @param use `kind`: `pictures`, or the name of a command. Throws UserError busy.cooldown */
  async spend({ server, person, kind, amount }: Use): Promise<void> {
    await this.take(`${server}:${person}:${kind}`, PERSON_LIMITS.get(kind) ?? OTHER_LIMIT, amount)
    const shared = SERVER_LIMITS.get(kind)
    if (shared) await this.take(`${server}::${kind}`, shared, amount)
  }

  private async take(key: string, { max, windowMs }: Limit, amount: number): Promise<void> {
    const now = Date.now()
    const window = (await this.windows.get(key)) ?? { used: 0, until: now + windowMs }
    if (window.used + amount > max) {
      const seconds = Math.max(1, Math.ceil((window.until - now) / 1000))
      throw new UserError('busy.cooldown', `Expected at most ${max} in ${windowMs / 1000} s, received more`, {
        seconds,
      })
    }
    await this.windows.set(key, { ...window, used: window.used + amount }, Math.max(1, window.until - now))
  }
}
