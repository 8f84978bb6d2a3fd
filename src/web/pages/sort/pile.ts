import type { Results } from '../../../commands/results.ts'
import type { FoundFile } from '../lib/dropped-files.ts'
import { signal } from '../lib/html.ts'
import { place } from '../lib/place.ts'

export type Prediction = Extract<Results['predicted'], { top: unknown }>

/** A picture of the pile. It lies in this browser alone, until somebody says what it is. */
export type Piled = {
  id: number
  path: string
  file: FoundFile
  /** The address of a small copy; undefined: there is none, or not yet. */
  thumbnail?: string | undefined
  /** `asked`: Mekiki said what it thinks. `stored`, `aside`: somebody decided. `broken`: it cannot be looked at. */
  state: 'waiting' | 'asked' | 'storing' | 'stored' | 'aside' | 'broken'
  prediction?: Prediction
  /** Why it is broken, in the visitor's language. */
  reason?: string
}

/** All that were dropped, in order. It stays while somebody looks at other pages. */
export const pile = signal<readonly Piled[]>([])
let of = ''
let last = 0

/** The pile of another dataset is none of this one's. */
export function keepToPlace(): void {
  const here = `${place.value.server}/${place.value.dataset}`
  if (of !== here) clearPile()
  of = here
}

export function addToPile(files: readonly FoundFile[]): readonly Piled[] {
  const added = files.map((file): Piled => ({ id: ++last, path: file.path.join('/'), file, state: 'waiting' }))
  pile.value = [...pile.value, ...added]
  return added
}

/** Changes some at once: each change draws the page again. */
export function changePiled(changes: ReadonlyMap<number, Partial<Piled>>): void {
  pile.value = pile.value.map((each) => {
    const change = changes.get(each.id)
    return change ? { ...each, ...change } : each
  })
}

/** Frees what was drawn, too. */
export function clearPile(): void {
  for (const { thumbnail } of pile.value) if (thumbnail) URL.revokeObjectURL(thumbnail)
  pile.value = []
}

/** Those that nobody has decided about. */
export const undecided = (all: readonly Piled[] = pile.value): readonly Piled[] =>
  all.filter(({ state }) => state === 'waiting' || state === 'asked' || state === 'storing')

/** What is not stored is gone with the page: the browser asks first. */
addEventListener('beforeunload', (event) => {
  if (undecided().length > 0) event.preventDefault()
})
