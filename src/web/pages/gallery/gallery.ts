import { type Signal, signal } from '../lib/html.ts'
import { type Details, openDetails } from './details.ts'

/** What is shown and chosen in the gallery. Examples are known by their ids: places change when others add something. */
export type Gallery = {
  ids: Signal<Uint32Array>
  selected: Signal<ReadonlySet<number>>
  /** The place that the keyboard is at. */
  active: Signal<number>
  /** Whether the panel of the active one is open. */
  isOpen: Signal<boolean>
  details: Details
  /** Shows new ids, and stays with what was chosen as far as it is still there. */
  show(ids: Uint32Array): void
  /** Selects one, adds it or takes it away, or selects everything up to it. */
  pick(place: number, how?: { toggle?: boolean; extend?: boolean }): void
  /** Goes to a place; with `extend`, everything between is selected. */
  moveTo(place: number, how?: { extend?: boolean }): void
  selectAll(): void
  clear(): void
}

const NONE: ReadonlySet<number> = new Set()

export function openGallery(): Gallery {
  const ids = signal(new Uint32Array())
  const selected = signal<ReadonlySet<number>>(NONE)
  const active = signal(0)
  /** Where a selection of several begins. */
  let anchor: number | undefined

  const idAt = (place: number): number => ids.value[place] ?? 0

  function selectUpTo(place: number): void {
    const start = anchor === undefined ? active.value : Math.max(0, ids.value.indexOf(anchor))
    anchor ??= idAt(start)
    const [low, high] = start < place ? [start, place] : [place, start]
    selected.value = new Set(ids.value.subarray(low, high + 1))
  }

  return {
    ids,
    selected,
    active,
    isOpen: signal(false),
    details: openDetails(),
    show(next) {
      const before = idAt(active.value)
      const place = before === 0 ? -1 : next.indexOf(before)
      active.value = place >= 0 ? place : Math.max(0, Math.min(active.value, next.length - 1))
      if (selected.value.size > 0) {
        const there = new Set(next)
        const left = [...selected.value].filter((id) => there.has(id))
        if (left.length < selected.value.size) selected.value = new Set(left)
      }
      ids.value = next
    },
    pick(place, { toggle = false, extend = false } = {}) {
      const id = idAt(place)
      if (extend) selectUpTo(place)
      else {
        const chosen = new Set(toggle ? selected.value : NONE)
        if (!toggle || !chosen.delete(id)) chosen.add(id)
        selected.value = chosen
        anchor = id
      }
      active.value = place
    },
    moveTo(place, { extend = false } = {}) {
      if (extend) selectUpTo(place)
      else anchor = undefined
      active.value = place
    },
    selectAll() {
      selected.value = new Set(ids.value)
    },
    clear() {
      selected.value = NONE
      anchor = undefined
    },
  }
}
