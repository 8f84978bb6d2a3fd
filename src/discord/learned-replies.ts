import type { Result } from '../commands/define.ts'
import type { Words } from '../locales/words.ts'
import type { CardMessage } from './cards/card.ts'

/** How long a reply waits for the training that follows: an hour. Trainings on a schedule are looked up in `/versions`. */
const WAITS_MS = 3600_000
/** Replies that wait, of all servers: each holds small copies of its pictures, some 400 KB. */
const MAX_WAITING = 50

export type AdditionResult = Result & { key: 'added' }

/** A reply about added pictures. `place`: who got it, and where; of several there the latest one is edited. */
export type LabelReply = {
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

  /** A training has ended: those whose pictures it had read wait no longer. */
  onTrained(dataset: number): LabelReply[] {
    const isTold = (reply: Waiting): boolean => reply.dataset === dataset && reply.isRead
    const told = this.waiting.filter((reply) => isTold(reply) && reply.until > this.now())
    this.waiting = this.waiting.filter((reply) => !isTold(reply))
    return told
  }
}
