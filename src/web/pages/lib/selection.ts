import { type Signal, signal } from './html.ts'

/** Ids in the order in which they are shown. */
type Order = Iterable<number> & { indexOf(id: number): number; slice(from: number, to: number): Iterable<number> }

type Range = { extend?: boolean; from: number }

/** What is selected of many pictures: a press selects one, Ctrl one more, and Shift everything up to it. */
export type Selection = {
  selected: Signal<ReadonlySet<number>>
  /** @param how with `from`, where a range begins that has no beginning yet */
  pick(id: number, how: Range & { toggle?: boolean }): void
  /** Another one is reached: with `extend` everything up to it is selected, without it the next range begins elsewhere. */
  moveTo(id: number, how: Range): void
  /** Forgets those that are no longer there. */
  keepOnly(there: Iterable<number>): void
  selectAll(): void
  clear(): void
}

const NONE: ReadonlySet<number> = new Set()

export function openSelection(order: () => Order): Selection {
  const selected = signal<ReadonlySet<number>>(NONE)
  /** Where a range begins. */
  let anchor: number | undefined

  function selectUpTo(id: number, from: number): void {
    const shown = order()
    if (anchor === undefined || shown.indexOf(anchor) < 0) anchor = from
    const [a, b] = [shown.indexOf(anchor), shown.indexOf(id)]
    selected.value = new Set(shown.slice(Math.min(a, b), Math.max(a, b) + 1))
  }

  return {
    selected,
    pick(id, { toggle = false, extend = false, from }) {
      if (extend) return selectUpTo(id, from)
      const chosen = new Set(toggle ? selected.value : NONE)
      if (!toggle || !chosen.delete(id)) chosen.add(id)
      selected.value = chosen
      anchor = id
    },
    moveTo(id, { extend = false, from }) {
      if (extend) selectUpTo(id, from)
      else anchor = undefined
    },
    keepOnly(there) {
      if (selected.value.size === 0) return
      const known = new Set(there)
      const left = [...selected.value].filter((id) => known.has(id))
      if (left.length < selected.value.size) selected.value = new Set(left)
    },
    selectAll() {
      selected.value = new Set(order())
    },
    clear() {
      selected.value = NONE
      anchor = undefined
    },
  }
}
