import { type Signal, signal } from '../lib/html.ts'
import { type Details, openDetails } from './details.ts'

/** What is shown and chosen in the gallery. Examples are known by their ids: places change when others add something. */
export type Gallery = {
  ids: Signal<Uint32Array>
  selected: Signal<ReadonlySet<number>>
  /** The place that the keyboard is at. */
  active: Signal<number>
  /** The first row that can be seen. */
  topRow: Signal<number>
  /** Whether the panel of the active one is open. */
  isOpen: Signal<boolean>
  /** Those for which a label to move them to is asked. */
  moving: Signal<readonly number[] | undefined>
  details: Details
  /** What the grid does with new ids and another active place, and forgets then: it goes to its top, or to the place. */
  asked: { top: boolean; reveal: boolean }
  /** Shows new ids, and stays with what was chosen as far as it is still there. `fromTop`: they are of another filter. */
  show(ids: Uint32Array, how?: { fromTop?: boolean }): void
  /** Selects one, adds it or takes it away, or selects everything up to it. */
  pick(place: number, how?: { toggle?: boolean; extend?: boolean }): void
  /** Goes to a place; with `extend`, everything between is selected. */
  moveTo(place: number, how?: { extend?: boolean }): void
  selectAll(): void
  clear(): void
}

const NONE: ReadonlySet<number> = new Set()

export function openGallery(): Gallery {
  const ids = signal<Uint32Array>(new Uint32Array())
  const selected = signal<ReadonlySet<number>>(NONE)
  const active = signal(0)
  const isOpen = signal(false)
  /** Where a selection of several begins. */
  let anchor: number | undefined

  const idAt = (place: number): number => ids.value[place] ?? 0

  const asked = { top: false, reveal: false }

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
    topRow: signal(0),
    isOpen,
    moving: signal<readonly number[] | undefined>(undefined),
    details: openDetails(),
    asked,
    show(next, { fromTop = false } = {}) {
      const before = idAt(active.value)
      const place = before === 0 || (fromTop && !isOpen.value) ? -1 : next.indexOf(before)
      asked.top ||= fromTop
      active.value = place >= 0 ? place : fromTop ? 0 : Math.max(0, Math.min(active.value, next.length - 1))
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
      asked.reveal = true
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
