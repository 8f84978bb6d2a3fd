import { randomUUID } from 'node:crypto'
import type { ServiceContext } from '../context.ts'
import { isPostgres } from '../db/engine.ts'
import { listen } from '../db/postgres/connection.ts'
import { notify } from '../db/postgres/notify.ts'
import { emitMessage, listenToAll, type Message, readLetter } from './bridged-events.ts'
import { isHeard, tellHeard } from './heard-events.ts'

// On PostgreSQL the events of one process are told to all others. They are hints, for whoever would otherwise see a second
// later what has changed: all that has to be known is in the database, and those who need it look there.

const CHANNEL = 'mekiki_events'
/** What happens together is told together. */
const GATHER_MS = 50
/** Bytes of a letter: PostgreSQL takes 7,999. */
const MAX_BYTES = 7_500
/** Ids in one message: of up to 15 digits and a comma each, they fit into a letter. */
const MAX_IDS = 400
/** Between two messages on how far one training is. */
const PROGRESS_MS = 1_000

export type EventBridge = { close(): Promise<void> }

/** Starts telling and listening; on SQLite there is nobody. @param onError told when others cannot be told, which is not tried again */
export async function startEventBridge(app: ServiceContext, onError: (error: unknown) => void): Promise<EventBridge> {
  const { db, events } = app
  if (!isPostgres(db)) return { close: async () => {} }
  const self = randomUUID()
  const mayTell = limitProgress()
  let waiting: Message[] = []
  let timer: NodeJS.Timeout | undefined
  let telling = Promise.resolve()

  async function tellAll(): Promise<void> {
    timer = undefined
    const messages = waiting.flatMap(split)
    waiting = []
    for (const payload of toLetters(self, messages)) await notify(db, CHANNEL, payload)
  }

  const endListening = listenToAll(events, (message) => {
    if (isHeard(events, message.name) || !mayTell(message)) return
    waiting.push(message)
    timer ??= setTimeout(() => (telling = telling.then(tellAll).catch(onError)), GATHER_MS)
  })

  const onLetter = (payload: string): void => {
    try {
      const { from, messages } = readLetter(payload)
      if (from === self) return
      for (const message of messages) tellHeard(events, message.name, () => emitMessage(events, message))
    } catch (error) {
      onError(error)
    }
  }
  const endHearing = await listen(db, CHANNEL, onLetter)

  return {
    async close() {
      endHearing()
      endListening()
      clearTimeout(timer)
      telling = telling.then(tellAll).catch(onError)
      await telling
    },
  }
}

/** Few ids go into one letter, many into several. */
function split(message: Message): Message[] {
  if (message.name !== 'datasetsDeleted') return [message]
  const [ids] = message.args
  const parts = Math.ceil(ids.length / MAX_IDS)
  return Array.from({ length: parts }, (_, i) => ({
    name: message.name,
    args: [ids.slice(i * MAX_IDS, (i + 1) * MAX_IDS)],
  }))
}

/** As few letters as hold them, in their order. */
function toLetters(from: string, messages: Message[]): string[] {
  const letters: string[] = []
  let held: Message[] = []
  let bytes = 0
  const end = (): void => {
    if (held.length > 0) letters.push(JSON.stringify({ from, messages: held }))
    held = []
    bytes = 0
  }
  for (const message of messages) {
    const size = Buffer.byteLength(JSON.stringify(message)) + 1
    if (bytes + size > MAX_BYTES) end()
    held.push(message)
    bytes += size
  }
  end()
  return letters
}

/** Progress once a second for each dataset at most; how a training ends, always. */
function limitProgress(): (message: Message) => boolean {
  const toldAt = new Map<number, number>()
  return ({ name, args }) => {
    if (name === 'datasetsDeleted') for (const dataset of args[0]) toldAt.delete(dataset)
    if (name !== 'trainingStatus') return true
    const [dataset, status] = args
    const now = performance.now()
    if (status.state !== 'running') {
      toldAt.delete(dataset)
      return true
    }
    if (now - (toldAt.get(dataset) ?? Number.NEGATIVE_INFINITY) < PROGRESS_MS) return false
    toldAt.set(dataset, now)
    return true
  }
}
