import { Keyv } from 'keyv'
import { UserError } from '../errors.ts'

/** So many in so many milliseconds. */
type Budget = { most: number; within: number }
const MINUTE = 60_000
const PERSON: Record<string, Budget> = {
  pictures: { most: 60, within: MINUTE },
  train: { most: 6, within: 10 * MINUTE },
  export: { most: 3, within: 10 * MINUTE },
  other: { most: 40, within: MINUTE },
}
const SERVER: Record<string, Budget> = { pictures: { most: 400, within: MINUTE } }

type Window = { used: number; until: number }

/** What one person, and one server, may ask for in a while: counted in windows that expire by themselves. */
export class Cooldowns {
  private readonly windows = new Keyv<Window>()

  /** Throws UserError busy.cooldown */
  async spend(server: string, person: string, kind: string, amount = 1): Promise<void> {
    await this.take(`${server}:${person}:${kind}`, PERSON[kind] ?? PERSON.other!, amount)
    const shared = SERVER[kind]
    if (shared) await this.take(`${server}::${kind}`, shared, amount)
  }

  private async take(key: string, { most, within }: Budget, amount: number): Promise<void> {
    const now = Date.now()
    const open = (await this.windows.get(key)) ?? { used: 0, until: now + within }
    if (open.used + amount > most) {
      const seconds = Math.max(1, Math.ceil((open.until - now) / 1000))
      throw new UserError('busy.cooldown', `Expected at most ${most} in ${within / 1000} s, received more`, { seconds })
    }
    await this.windows.set(key, { ...open, used: open.used + amount }, Math.max(1, open.until - now))
  }
}
