// An answer of several pages, turned as a person turns them.
import assert from 'node:assert/strict'
import { until } from '../until.ts'
import type { Attachment, Message } from './entities.ts'
import type { Interaction, Who } from './interaction.ts'
import type { StandIn } from './stand-in.ts'

export type ReadPage = { text: string; attachments: Attachment[] }

const POSITION = /^(\d+)\/(\d+)$/

/** Which page a message shows; undefined where there is only one. */
export function positionOf(message: Message): { number: number; of: number } | undefined {
  const [, number, of] = message.buttons.map((b) => POSITION.exec(b.label ?? '')).find(Boolean) ?? []
  return number === undefined ? undefined : { number: Number(number), of: Number(of) }
}

/** Presses ▶ and waits for the next page, in the place of the one before. */
export async function turn(stand: StandIn, who: Who, message: Message, button: '◀' | '▶' = '▶'): Promise<void> {
  const before = positionOf(message)?.number
  const pressed = stand.press(who, message, button)
  await stand.answerTo(pressed)
  await until(
    () => positionOf(message)?.number !== before,
    () => `the page did not turn: ${message.text}`,
  )
}

/** All pages of an answer, from the one that it shows to the last. */
export async function readPages(stand: StandIn, who: Who, asked: Interaction): Promise<ReadPage[]> {
  const { message } = await stand.answerTo(asked)
  assert.ok(message)
  const pages: ReadPage[] = []
  for (;;) {
    pages.push({ text: message.text, attachments: message.attachments })
    const position = positionOf(message)
    if (!position || position.number === position.of) return pages
    await turn(stand, who, message)
  }
}
