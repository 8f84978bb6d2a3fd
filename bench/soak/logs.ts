// What the bot logged, and what of it nobody can explain.
import type { Bot } from '../../test/support/discord/bot.ts'

const WARN = 40
const ERROR = 50

/** Codes of answers that Discord gave only because the soak told it to. */
const MADE_UP = [429, 500, 502, 503]

type Logs = { unexplained: string[]; warnings: Map<string, number> }

/** Errors that are not about a call that Discord refused on purpose, and how often each warning came. */
export function readLogs(bots: Bot[]): Logs {
  const logs: Logs = { unexplained: [], warnings: new Map() }
  for (const { logs: entries } of bots)
    for (const entry of entries) {
      const level = Number(entry.level)
      const { status } = (entry.err ?? {}) as { status?: number }
      if (level >= ERROR && !MADE_UP.includes(status ?? 0)) logs.unexplained.push(JSON.stringify(entry))
      const text = `${entry.msg}${status === undefined ? '' : ` (${status})`}`
      if (level >= WARN) logs.warnings.set(text, (logs.warnings.get(text) ?? 0) + 1)
    }
  return logs
}

/** Adds what the bot has logged of each post that it has done with. */
export function readOutcomes(bots: Bot[], outcomes: Map<string, string>): void {
  for (const { logs } of bots)
    for (const { msg, message, outcome } of logs) if (msg === 'post') outcomes.set(String(message), String(outcome))
}
