import { setTimeout as sleep } from 'node:timers/promises'
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js'
import { errorCode, UserError } from '../errors.ts'
import type { Logger } from '../logger.ts'

const FIRST_PAUSE_MS = 1_000
const MAX_PAUSE_MS = 60_000

type Options = { log: Logger; signal: AbortSignal }

/**
 * Tries a login until it reaches Discord: one line of the log a try, and a longer pause after each. What no further try
 * can mend is thrown, as is the reason of `signal`.
 */
export async function untilReached<T>(login: () => Promise<T>, { log, signal }: Options): Promise<T> {
  for (let pause = FIRST_PAUSE_MS, tries = 1; ; pause = Math.min(MAX_PAUSE_MS, 2 * pause), tries++) {
    try {
      return await abortable(login(), signal)
    } catch (error) {
      if (signal.aborted || !mayPass(error)) throw error
      const retryInSeconds = pause / 1000
      log.warn({ ...reasonOf(error), tries, retryInSeconds }, 'Discord cannot be reached: trying again')
      await sleep(pause, undefined, { signal })
    }
  }
}

/** Rejects with the reason of `signal` as soon as it is aborted, whatever `work` does. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    if (signal.aborted) reject(signal.reason)
    work.then(resolve, reject)
  })
}

/** The network, a proxy, or Discord itself: everything that Discord did not refuse with a reason. */
function mayPass(error: unknown): boolean {
  if (error instanceof UserError) return false
  if (error instanceof RateLimitError) return true
  if (error instanceof DiscordAPIError || error instanceof HTTPError) return error.status >= 500 || error.status === 429
  return networkCode(error) !== undefined || (error instanceof Error && error.name === 'AbortError')
}

function reasonOf(error: unknown): { reason: string | number | undefined; host?: unknown } {
  if (error instanceof DiscordAPIError || error instanceof HTTPError) return { reason: error.status }
  const host = error instanceof Error && 'hostname' in error ? { host: error.hostname } : {}
  return { reason: networkCode(error) ?? (error instanceof Error ? error.name : undefined), ...host }
}

/** As in ECONNREFUSED, ENOTFOUND, UND_ERR_CONNECT_TIMEOUT; also of what failed at several addresses or underneath. */
function networkCode(error: unknown): string | undefined {
  const code = errorCode(error)
  if (code !== undefined && /^(E[A-Z_]+|UND_ERR_[A-Z_]+)$/.test(code)) return code
  if (error instanceof AggregateError) return error.errors.map(networkCode).find((c) => c !== undefined)
  return error instanceof Error && error.cause !== undefined ? networkCode(error.cause) : undefined
}
