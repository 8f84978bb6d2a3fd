import { type Signal, signal } from '../lib/html.ts'
import { openSelection, type Selection } from '../lib/selection.ts'

/** What is chosen of the pile, as in the gallery. */
export type PileSelection = Pick<Selection, 'selected' | 'selectAll' | 'clear'> & {
  /** The one that the keyboard is at. */
  active: Signal<number | undefined>
  pick(id: number, how?: { toggle?: boolean; extend?: boolean }): void
  moveTo(id: number, how?: { extend?: boolean }): void
  /** Forgets those that are no longer shown. @param order what is shown, in order */
  show(order: readonly number[]): void
}

export function openPileSelection(): PileSelection {
  const active = signal<number | undefined>(undefined)
  let order: readonly number[] = []
  const { selected, selectAll, clear, ...selection } = openSelection(() => order)
  const reached = (id: number): number => active.value ?? order[0] ?? id

  return {
    selected,
    selectAll,
    clear,
    active,
    pick(id, how) {
      selection.pick(id, { ...how, from: reached(id) })
      active.value = id
    },
    moveTo(id, how) {
      selection.moveTo(id, { ...how, from: reached(id) })
      active.value = id
    },
    show(next) {
      const there = new Set(next)
      selection.keepOnly(there)
      if (active.value !== undefined && !there.has(active.value)) {
        const at = order.indexOf(active.value)
        active.value = order.slice(at).find((id) => there.has(id)) ?? next.at(-1)
      }
      order = next
    },
  }
}
