import { patiently } from '../add/patience.ts'
import { type Outcome, sendFile } from '../add/send-file.ts'
import { run } from '../lib/api.ts'
import { signal } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { toast, toastError } from '../ui/toast.ts'
import { changePiled, clearPile, type Piled } from './pile.ts'

/** Pictures that are stored at once. */
const IN_FLIGHT = 3

/** What was decided so far. */
export const tally = signal({ stored: 0, known: 0 })
/** How to take the last decisions back, the latest last. */
const undos: (() => Promise<void>)[] = []

/** Stores pictures under a label; only now are they sent to be kept. */
export async function store(some: readonly Piled[], label: string): Promise<void> {
  const { sort: w } = words()
  mark(some, { state: 'storing' })
  const outcomes = new Map<number, Outcome>()
  try {
    await sendAll(some, label, outcomes)
  } catch (error) {
    toastError(error)
  }
  const changes = some.map(({ id }) => [id, stateAfter(outcomes.get(id))] as const)
  changePiled(new Map(changes))
  const added = [...outcomes.values()].flatMap((each) => (each.kind === 'added' ? each : []))
  const known = [...outcomes.values()].filter(({ kind }) => kind === 'known').length
  tally.value = { stored: tally.value.stored + added.length, known: tally.value.known + known }
  if (outcomes.size === 0) return
  const examples = added.flatMap(({ example }) => example ?? [])
  const stored = some.filter(({ id }) => ['added', 'known'].includes(outcomes.get(id)?.kind ?? ''))
  const undo = async (): Promise<void> => {
    if (examples.length > 0) await run('undo', { examples: examples.join(',') })
    mark(stored, { state: 'asked' })
    tally.value = { stored: tally.value.stored - added.length, known: tally.value.known - known }
  }
  offerUndo(w.stored(stored.length, label), undo)
}

async function sendAll(some: readonly Piled[], label: string, outcomes: Map<number, Outcome>): Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  const queue = some.values()
  const work = async (): Promise<void> => {
    for (const { id, file, path } of queue) {
      signal.throwIfAborted()
      const bytes = await file.open().catch(() => undefined)
      const send = (): Promise<Outcome> => sendFile({ label, name: path, file: bytes, signal })
      outcomes.set(id, await patiently(send, { signal, onWait: () => {} }))
    }
  }
  try {
    await Promise.all(Array.from({ length: IN_FLIGHT }, work))
  } catch (error) {
    stopping.abort(error)
    throw error
  }
}

/** What was not sent stays in the pile. */
function stateAfter(outcome: Outcome | undefined): Partial<Piled> {
  if (!outcome) return { state: 'asked' }
  return outcome.kind === 'refused' ? { state: 'broken', reason: outcome.message } : { state: 'stored' }
}

const mark = (some: readonly Piled[], change: Partial<Piled>): void =>
  changePiled(new Map(some.map(({ id }) => [id, change])))

/** Takes pictures out without storing them. */
export function setAside(some: readonly Piled[]): void {
  mark(some, { state: 'aside' })
  offerUndo(words().sort.aside(some.length), async () => mark(some, { state: 'asked' }))
}

function offerUndo(message: string, undo: () => Promise<void>): void {
  const once = async (): Promise<void> => {
    const at = undos.indexOf(once)
    if (at < 0) return
    undos.splice(at, 1)
    await undo()
  }
  undos.push(once)
  toast(message, { undo: once })
}

/** Takes the latest decision back that was not taken back yet. */
export async function undoLatest(): Promise<void> {
  const latest = undos.at(-1)
  if (!latest) return
  await latest().then(() => toast(words().shell.undone), toastError)
}

/** Forgets the pile, with what was decided about it. */
export function startAgain(): void {
  clearPile()
  undos.length = 0
  tally.value = { stored: 0, known: 0 }
}
