// The real bot against the stand-in for Discord for a while: killed, cut off and refused, then left in peace.
// node bench/soak.ts [--minutes 10] [--servers 20] [--seed 1]
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { seededRandom } from '../models/random.ts'
import { StandIn } from '../test/support/discord/stand-in.ts'
import type { Soak } from './soak/ask.ts'
import { SoakedBot } from './soak/bot.ts'
import { countOpenPosts, type Inspection, inspect } from './soak/inspect.ts'
import { Ledger } from './soak/ledger.ts'
import { readLogs, readOutcomes } from './soak/logs.ts'
import { type Growth, MemoryWatch } from './soak/memory.ts'
import { live, settle, teachFirst } from './soak/people.ts'

const MINUTE_MS = 60_000
const KILL_EVERY_MS = 20_000
const DROP_EVERY_MS = 7_000
/** Between two things that one person does. */
const PAUSE_MS = 20_000
/** Servers that are taught at a time, before the time begins. */
const TAUGHT_AT_ONCE = 8
/** What was taken is answered within this time, once nobody asks anymore. */
const ANSWERED_WITHIN_MS = 60_000

export type SoakOptions = { minutes?: number; servers?: number; seed?: number }

type Times = { what: string; count: number; p50: number; p99: number; max: number }
/** What was done, and what came of it. */
type Part = Inspection &
  Soak['counts'] & { posts: number; problems: string[]; warnings: [string, number][] } & {
    /** Of the machine, over the last minute. */
    load: number
  }
export type SoakResults = {
  date: string
  cores: number
  minutes: number
  servers: number
  seed: number
  rough: Part & { kills: number; drops: number; faults: number; slowestStart: number }
  calm: Part & { times: Times[]; process: Growth; main: Growth }
}

export async function measureSoak({ minutes = 10, servers = 20, seed = 1 }: SoakOptions = {}): Promise<SoakResults> {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-soak-'))
  const random = seededRandom(seed)
  const stand = await StandIn.start()
  const bot = new SoakedBot(stand, join(root, 'home'), random)
  const soak = openSoak(stand, bot, random)
  await bot.start()
  const roles = await settle(soak, servers)
  const untaught = soak.servers.entries().toArray()
  const teach = async (): Promise<void> => {
    for (let next = untaught.shift(); next; next = untaught.shift()) await teachFirst(soak, next[1], next[0] % 2 === 0)
  }
  await Promise.all(Array.from({ length: TAUGHT_AT_ONCE }, teach))
  const taught = soak.ledger.pictures.values().filter(({ added }) => added.outcome === 'done')
  if (taught.toArray().length === 0) throw new Error('Expected pictures to be added before the time begins, none were')

  say(`${servers} servers are taught; ${minutes} minutes with kills`)
  begin(soak)
  bot.makeTrouble()
  const living = roles.map((role) => live(soak, role, PAUSE_MS))
  await Promise.all([killNowAndThen(bot, minutes), dropNowAndThen(bot, minutes)])
  soak.isEnding = true
  await Promise.all(living)
  bot.endTrouble()
  const rough = await end(soak)

  say(`${minutes} minutes without`)
  await bot.start()
  begin(soak)
  const memory = new MemoryWatch()
  memory.start(bot)
  const calmly = roles.map((role) => live(soak, role, PAUSE_MS))
  await sleep(minutes * MINUTE_MS)
  const growth = await memory.stop()
  soak.isEnding = true
  await Promise.all(calmly)
  const times = describeTimes(soak.latencies)
  const calm = await end(soak)
  await stand.stop()
  rmSync(root, { recursive: true })
  const { kills, drops, faults, slowestStart } = bot
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: availableParallelism(),
    minutes,
    servers,
    seed,
    rough: { ...rough, kills, drops, faults, slowestStart },
    calm: { ...calm, times, ...growth },
  }
}

function openSoak(stand: StandIn, bot: SoakedBot, random: () => number): Soak {
  const answers: Soak['answers'] = new Map()
  const note = (post: string | undefined, answer: string): void => {
    if (post !== undefined) answers.set(post, (answers.get(post) ?? new Set()).add(answer))
  }
  stand.onSaid = (m) => note((m.message_reference as { message_id?: string } | undefined)?.message_id, m.id)
  // The same reaction twice is one.
  stand.onReaction = (message) => note(message, 'reaction')
  return {
    ...{ stand, bot, random, answers, outcomes: new Map(), servers: [], posts: [], problems: [], latencies: new Map() },
    ...{ ledger: new Ledger(), counts: noCounts(), isEnding: false },
  }
}

const noCounts = (): Soak['counts'] => ({ asked: 0, answered: 0, lost: 0, late: 0 })

/** Counts anew; what is in the database stays on the books. */
function begin(soak: Soak): void {
  soak.isEnding = false
  soak.latencies.clear()
  soak.counts = noCounts()
  soak.problems = []
}

/** Waits until everything is answered, stops the bot and looks into the database. */
async function end(soak: Soak): Promise<Part> {
  const { bot, stand, posts, problems, counts } = soak
  const [load = 0] = loadavg()
  for (let at = 0; countOpenPosts(bot.home, posts) > 0 && at < ANSWERED_WITHIN_MS; at += 500) await sleep(500)
  const status = await bot.stop()
  if (status !== 0) problems.push(`stopped with status ${status}`)
  readOutcomes(bot.bots, soak.outcomes)
  const inspection = inspect(soak)
  const { unexplained, warnings } = readLogs(bot.bots)
  problems.push(...unexplained, ...stand.complaints.splice(0).filter((c) => !c.startsWith('answered after')))
  bot.bots.length = 0
  return { ...inspection, ...counts, posts: posts.length, problems, warnings: [...warnings], load }
}

async function killNowAndThen(bot: SoakedBot, minutes: number): Promise<void> {
  const until = performance.now() + minutes * MINUTE_MS
  while (performance.now() + KILL_EVERY_MS <= until) {
    await sleep(KILL_EVERY_MS)
    await bot.kill()
    await bot.start()
  }
  await sleep(Math.max(0, until - performance.now()))
}

async function dropNowAndThen(bot: SoakedBot, minutes: number): Promise<void> {
  for (const until = performance.now() + minutes * MINUTE_MS; performance.now() < until; ) {
    await sleep(DROP_EVERY_MS)
    bot.dropConnection()
  }
}

function describeTimes(latencies: Map<string, number[]>): Times[] {
  const rows = [...latencies].map(([what, times]) => {
    const sorted = times.toSorted((a, b) => a - b)
    const quantile = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0
    return { what, count: sorted.length, p50: quantile(0.5), p99: quantile(0.99), max: sorted.at(-1) ?? 0 }
  })
  return rows.toSorted((a, b) => b.count - a.count)
}

function say(what: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${what}…\n`)
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { minutes: { type: 'string' }, servers: { type: 'string' }, seed: { type: 'string' } },
  })
  const given = Object.entries(values).map(([name, value]) => [name, Number(value)])
  process.stdout.write(`${JSON.stringify(await measureSoak(Object.fromEntries(given)), null, 2)}\n`)
}
