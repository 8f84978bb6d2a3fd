// One person asks the bot for one thing and waits for the final answer.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Guild, User } from '../../test/support/discord/entities.ts'
import type { Interaction } from '../../test/support/discord/interaction.ts'
import type { StandIn } from '../../test/support/discord/stand-in.ts'
import type { SoakedBot } from './bot.ts'
import type { Ledger, Span } from './ledger.ts'
import type { Random } from './random.ts'

/** How long anybody waits; Discord itself waits five minutes longer. Progress is no answer. */
const ANSWER_WITHIN_MS = 600_000
/** After the session was forgotten: what was received before is acknowledged by then. */
const ACKNOWLEDGED_WITHIN_MS = 5_000

/** `isWatched`: nobody asked by name, so that the bot may have nothing to say. */
export type Post = { id: string; isWatched: boolean }

export type Soak = {
  stand: StandIn
  bot: SoakedBot
  ledger: Ledger
  random: Random
  servers: Server[]
  posts: Post[]
  /** By message: different answers, and reactions. */
  answers: Map<string, Set<string>>
  /** By message: what became of it, as the bot has logged. */
  outcomes: Map<string, string>
  /** Milliseconds from command to answer, by what was asked. */
  latencies: Map<string, number[]>
  counts: { asked: number; answered: number; lost: number; late: number }
  /** What nobody can explain. */
  problems: string[]
  isEnding: boolean
}

export type Server = {
  guild: Guild
  labels: string[]
  teachers: User[]
  /** Values of the setting `every`, in the order in which they were asked for. */
  every: (Span & { value: number })[]
}

export type Person = { user: User; guild: Guild; permissions: bigint }

export type Answer = { from: Interaction; text: string; span: Span }

const INTERNAL_ERROR = /Something went wrong on my side/
const PROGRESS = /^\s*(Looking at pictures …|Training …|Got them\.)/

/**
 * Asks once the bot is up. @param done what the answer says if it was done
 * @param span is completed with the answer: `unknown` where none came
 */
export async function ask(
  soak: Soak,
  what: { kind: string; done: RegExp; span?: Span },
  start: () => Interaction,
): Promise<Answer> {
  const { stand, bot, counts, problems, latencies } = soak
  // Whoever asks before it has identified again, nobody answers.
  while (!bot.isUp || !stand.gateway.hasSession) await sleep(100)
  const span = what.span ?? openSpan()
  span.start = performance.now()
  counts.asked++
  const from = start()
  const came = await waitForAnswer(bot, from)
  const text = textOf(from)
  if (came === 'answered') {
    span.end = performance.now()
    counts.answered++
    const times = latencies.get(what.kind) ?? []
    latencies.set(what.kind, times)
    times.push(span.end - span.start)
    span.outcome = what.done.test(text) ? 'done' : 'refused'
    if (INTERNAL_ERROR.test(text)) {
      span.outcome = 'unknown'
      problems.push(`${what.kind} was answered: ${text}`)
    }
  } else if (came === 'late') {
    counts.late++
    span.end = performance.now()
    span.outcome = 'refused'
  } else {
    if (came === 'killed') span.end = performance.now()
    counts.lost++
    if (came === 'silent') problems.push(`${what.kind} was not answered`)
  }
  return { from, text, span }
}

export const openSpan = (): Span => ({ start: performance.now(), end: Number.POSITIVE_INFINITY, outcome: 'unknown' })

/** Resolves to what came first: an answer, its refusal, the end of the process, or nothing at all. */
async function waitForAnswer(bot: SoakedBot, from: Interaction) {
  const answered = new Promise<'answered' | 'late'>((resolve) => {
    from.changed = () => {
      if (from.isLate) resolve('late')
      else if (isFinal(from)) resolve('answered')
    }
  })
  const silent = new AbortController()
  const timeout = sleep(ANSWER_WITHIN_MS, 'silent' as const, { signal: silent.signal }).catch(() => 'silent' as const)
  try {
    for (;;) {
      const came = await Promise.race([answered, bot.whenLost, timeout])
      if (came !== 'disconnected') return came
      await Promise.race([answered, sleep(ACKNOWLEDGED_WITHIN_MS)])
      if (from.type === undefined) return came
    }
  } finally {
    silent.abort()
  }
}

const MessageType = { deferred: 5, deferredUpdate: 6 }

function isFinal(from: Interaction): boolean {
  if (from.type === undefined) return false
  const isDeferred = from.type === MessageType.deferred || from.type === MessageType.deferredUpdate
  return !isDeferred || (from.edits > 0 && !PROGRESS.test(textOf(from)))
}

const textOf = ({ message }: Interaction): string => message?.text ?? ''
