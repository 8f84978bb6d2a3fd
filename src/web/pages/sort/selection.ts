import { type Signal, signal } from '../lib/html.ts'

/** What is chosen of the pile: as in the gallery, a press chooses one, Ctrl one more, and Shift everything up to it. */
export type Selection = {
  selected: Signal<ReadonlySet<number>>
  /** The one that the keyboard is at. */
  active: Signal<number | undefined>
  pick(id: number, how?: { toggle?: boolean; extend?: boolean }): void
  moveTo(id: number, how?: { extend?: boolean }): void
  /** Forgets those that are no longer shown. @param order what is shown, in order */
  show(order: readonly number[]): void
  selectAll(): void
  clear(): void
}

const NONE: ReadonlySet<number> = new Set()

export function openSelection(): Selection {
  const selected = signal<ReadonlySet<number>>(NONE)
  const active = signal<number | undefined>(undefined)
  let order: readonly number[] = []
  let anchor: number | undefined

  function selectUpTo(id: number): void {
    anchor ??= active.value ?? order[0]
    const [a, b] = [order.indexOf(anchor ?? id), order.indexOf(id)]
    selected.value = new Set(order.slice(Math.min(a, b), Math.max(a, b) + 1))
  }

  return {
    selected,
    active,
    pick(id, { toggle = false, extend = false } = {}) {
      if (extend) selectUpTo(id)
      else {
        const chosen = new Set(toggle ? selected.value : NONE)
        if (!toggle || !chosen.delete(id)) chosen.add(id)
        selected.value = chosen
        anchor = id
      }
      active.value = id
    },
    moveTo(id, { extend = false } = {}) {
      if (extend) selectUpTo(id)
      else anchor = undefined
      active.value = id
    },
    show(next) {
      const there = new Set(next)
      const left = [...selected.value].filter((id) => there.has(id))
      if (left.length < selected.value.size) selected.value = new Set(left)
      if (active.value !== undefined && !there.has(active.value)) {
        const at = order.indexOf(active.value)
        active.value = order.slice(at).find((id) => there.has(id)) ?? next.at(-1)
      }
      order = next
    },
    selectAll() {
      selected.value = new Set(order)
    },
    clear() {
      selected.value = NONE
      anchor = undefined
    },
  }
}
