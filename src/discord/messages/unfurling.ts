import { setTimeout as sleep } from 'node:timers/promises'
import type { Message } from 'discord.js'

/** Discord opens a link within a second or two, and edits the message. */
const OPENED_WITHIN_MS = 4_000

/** By the id of a message whose link may be opened: what is told. */
const waiting = new Map<string, () => void>()

/** Waits until Discord has opened a link of a message, or will not. */
export async function waitForLink({ id }: Message): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  waiting.set(id, resolve)
  await Promise.race([promise, sleep(OPENED_WITHIN_MS, undefined, { ref: false })])
  waiting.delete(id)
}

/** A message was edited: whether somebody waits for its link. */
export function tellOpened({ id, embeds }: Message): boolean {
  const opened = waiting.get(id)
  if (opened && embeds.length > 0) opened()
  return opened !== undefined
}
