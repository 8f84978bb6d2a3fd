import { fetchJson } from './api.ts'
import { signal } from './html.ts'
import { me } from './me.ts'
import { place } from './place.ts'

export type NamedKind = 'person' | 'channel' | 'role'
export type NamedItem = { id: string; name: string }
/** What a server has, by Discord's ids. `people`: those that were asked for. */
type Names = { channels: NamedItem[]; roles: NamedItem[]; people: NamedItem[] }

/** Milliseconds in which what is drawn together is asked for together. */
const TOGETHER_MS = 30
/** What the server answers at once. */
const MOST_PEOPLE = 100

/** By server, kind and id. Names that are not known are there, too, and are not asked for again. */
const known = signal<ReadonlyMap<string, string | undefined>>(new Map())
const wanted = new Set<string>()
let isWaiting = false

const keyOf = (kind: NamedKind, id: string): string => `${place.value.server} ${kind} ${id}`

export const nameOf = (kind: NamedKind, id: string): string | undefined => known.value.get(keyOf(kind, id))

/** Asks for a name, with all others that are drawn at this moment. */
export function wantName(kind: NamedKind, id: string): void {
  // The terminal's own server has people who are called by name.
  if (me.value?.kind !== 'discord' || known.value.has(keyOf(kind, id))) return
  wanted.add(keyOf(kind, id))
  if (isWaiting) return
  isWaiting = true
  setTimeout(() => {
    isWaiting = false
    void askForWanted()
  }, TOGETHER_MS)
}

async function askForWanted(): Promise<void> {
  const keys = [...wanted].slice(0, MOST_PEOPLE)
  for (const key of keys) wanted.delete(key)
  const people = keys.filter((key) => key.includes(' person ')).map((key) => key.split(' ')[2] ?? '')
  // Where Discord cannot be reached, ids stay.
  const names = await readNames(people).catch(() => undefined)
  const next = new Map(known.value)
  for (const key of keys) if (!next.has(key)) next.set(key, undefined)
  if (names)
    for (const [kind, items] of [
      ['channel', names.channels],
      ['role', names.roles],
      ['person', names.people],
    ] as const)
      for (const { id, name } of items) next.set(keyOf(kind, id), name)
  known.value = next
}

/** What the server that is shown has. Throws ApiError */
export const readNames = async (people: readonly string[] = []): Promise<Names> =>
  (await fetchJson('names', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ people }),
  })) as Names
