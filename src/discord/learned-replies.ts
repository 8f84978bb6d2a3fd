import type { Message } from 'discord.js'
import type { Result } from '../commands/define.ts'
import type { Learned, Words } from '../locales/words.ts'
import type { Caller } from './caller.ts'
import { type CardMessage, inPlace } from './cards/card.ts'
import { render } from './cards/render.ts'
import type { BotContext } from './context.ts'
import { datasetOf } from './run-command.ts'

/** How long a reply waits for the training that follows: an hour. Trainings on a schedule are looked up in `/versions`. */
const WAITS_MS = 3600_000
/** Replies that wait, of all servers: each holds small copies of its pictures, some 400 KB. */
const MAX_WAITING = 50

/** A reply about added pictures. `place`: who got it, and where; of several there the latest one is edited. */
export type AdditionResult = Result & { key: 'added' }
type LabelReply = {
  dataset: number
  place: string
  result: AdditionResult
  words: Words
  edit(message: CardMessage): Promise<unknown>
}
type Waiting = LabelReply & { until: number; isRead: boolean }

/** Replies about added pictures that are to say what the training that follows by itself came to. */
export class LearnedReplies {
  /** The oldest first. */
  private waiting: Waiting[] = []
  private readonly now: () => number

  /** @param now a clock in milliseconds */
  constructor(now = () => performance.now()) {
    this.now = now
  }

  expect(reply: LabelReply): void {
    const isOther = ({ dataset, place, until }: Waiting): boolean =>
      until > this.now() && (dataset !== reply.dataset || place !== reply.place)
    const others = this.waiting.filter(isOther)
    this.waiting = [...others, { ...reply, until: this.now() + WAITS_MS, isRead: false }].slice(-MAX_WAITING)
  }

  /** A training reads what was added until now. */
  onStarted(dataset: number): void {
    for (const reply of this.waiting) if (reply.dataset === dataset) reply.isRead = true
  }

  /** A training has ended: those whose pictures it had read say so, and wait no longer. */
  async onTrained(bot: BotContext, dataset: number, learned: Learned): Promise<void> {
    const isTold = (reply: Waiting): boolean => reply.dataset === dataset && reply.isRead
    const told = this.waiting.filter((reply) => isTold(reply) && reply.until > this.now())
    this.waiting = this.waiting.filter((reply) => !isTold(reply))
    for (const { result, words, edit } of told) {
      const { key, values, ...extras } = result
      const message = await render(bot, [{ key, values: { ...values, learned }, ...extras }], words)
      await edit(message).catch((err: unknown) => bot.log.info({ err }, 'a reply could not be edited anymore'))
    }
  }
}

/** What results say about added pictures; undefined: they say something else, or that none was. */
export function additionIn(results: Result[]): AdditionResult | undefined {
  const [first, ...others] = results
  return first?.key === 'added' && first.values.added > 0 && others.length === 0 ? first : undefined
}

/** The reply to somebody says later what the training that follows came to. */
export async function expectTraining(
  bot: BotContext,
  caller: Caller,
  reply: Pick<LabelReply, 'result' | 'words' | 'edit'>,
): Promise<void> {
  const dataset = await datasetOf(bot.app, caller)
  bot.learned.expect({ ...reply, dataset, place: `${caller.channel}:${caller.person.id}` })
}

/** Edits a message of the bot's own. */
export const editMessage = (message: Message) => (card: CardMessage) => message.edit(inPlace(card))
