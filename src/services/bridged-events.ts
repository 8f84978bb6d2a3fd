import { z } from 'zod'
import type { Events, ServiceContext } from '../context.ts'

const Id = z.int()
const Progress = z.object({
  done: z.number(),
  total: z.number().exactOptional(),
  of: z.enum(['pictures', 'percent', 'mebibytes']),
})
const Status = z.discriminatedUnion('state', [
  z.object({ state: z.literal('running'), progress: Progress }),
  z.object({ state: z.literal('done'), version: Id.exactOptional() }),
  z.object({ state: z.literal('failed'), code: z.string().optional() }).transform(({ code }) => ({
    state: 'failed' as const,
    code,
  })),
])
const Outcome = z.object({ accuracy: z.number().nullable(), isActive: z.boolean() })

const message = <N extends keyof Events, A extends z.ZodType>(name: N, args: A) =>
  z.object({ name: z.literal(name), args })

/** What processes tell each other. */
const Message = z.discriminatedUnion('name', [
  message('examplesChanged', z.tuple([Id, z.int()])),
  message('trainingStarted', z.tuple([Id, z.int()])),
  message('trainingStatus', z.tuple([Id, Status])),
  message('trainingFinished', z.tuple([Id])),
  message('trained', z.tuple([Id, Outcome])),
  message('settingsChanged', z.tuple([z.string()])),
  message('newsAdded', z.tuple([z.string()])),
  message('datasetsDeleted', z.tuple([z.array(Id)])),
])
export type Message = z.infer<typeof Message>

/** `from`: a random id of the process that tells. What a newer one tells that this one does not know is left out. */
const Letter = z.object({ from: z.string(), messages: z.array(z.unknown()) })

export function readLetter(payload: string): { from: string; messages: Message[] } {
  const { from, messages } = Letter.parse(JSON.parse(payload))
  return { from, messages: messages.flatMap((one) => Message.safeParse(one).data ?? []) }
}

/** Calls back with every event that other processes may have to know. @returns what ends that */
export function listenToAll(events: ServiceContext['events'], told: (message: Message) => void): () => void {
  const listeners = {
    examplesChanged: (...args: Events['examplesChanged']) => told({ name: 'examplesChanged', args }),
    trainingStarted: (...args: Events['trainingStarted']) => told({ name: 'trainingStarted', args }),
    trainingStatus: (...args: Events['trainingStatus']) => told({ name: 'trainingStatus', args }),
    trainingFinished: (...args: Events['trainingFinished']) => told({ name: 'trainingFinished', args }),
    trained: (...args: Events['trained']) => told({ name: 'trained', args }),
    settingsChanged: (...args: Events['settingsChanged']) => told({ name: 'settingsChanged', args }),
    newsAdded: (...args: Events['newsAdded']) => told({ name: 'newsAdded', args }),
    datasetsDeleted: (...args: Events['datasetsDeleted']) => told({ name: 'datasetsDeleted', args }),
  }
  const each = (what: 'on' | 'off'): void => {
    events[what]('examplesChanged', listeners.examplesChanged)
    events[what]('trainingStarted', listeners.trainingStarted)
    events[what]('trainingStatus', listeners.trainingStatus)
    events[what]('trainingFinished', listeners.trainingFinished)
    events[what]('trained', listeners.trained)
    events[what]('settingsChanged', listeners.settingsChanged)
    events[what]('newsAdded', listeners.newsAdded)
    events[what]('datasetsDeleted', listeners.datasetsDeleted)
  }
  each('on')
  return () => each('off')
}

export function emitMessage(events: ServiceContext['events'], { name, args }: Message): void {
  switch (name) {
    case 'examplesChanged':
    case 'trainingStarted':
      return void events.emit(name, ...args)
    case 'trainingStatus':
      return void events.emit(name, ...args)
    case 'trainingFinished':
      return void events.emit(name, ...args)
    case 'trained':
      return void events.emit(name, ...args)
    case 'settingsChanged':
    case 'newsAdded':
      return void events.emit(name, ...args)
    case 'datasetsDeleted':
      return void events.emit(name, ...args)
  }
}
