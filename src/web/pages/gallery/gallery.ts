import { type Signal, signal } from '../lib/html.ts'
import { openSelection, type Selection } from '../lib/selection.ts'
import { type Details, openDetails } from './details.ts'

/** What is shown and chosen in the gallery. Examples are known by their ids: places change when others add something. */
export type Gallery = Pick<Selection, 'selected' | 'selectAll' | 'clear'> & {
  ids: Signal<Uint32Array>
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
}

export function openGallery(): Gallery {
  const ids = signal<Uint32Array>(new Uint32Array())
  const { selected, selectAll, clear, ...selection } = openSelection(() => ids.value)
  const active = signal(0)
  const isOpen = signal(false)
  const idAt = (place: number): number => ids.value[place] ?? 0

  const asked = { top: false, reveal: false }

  return {
    ids,
    selected,
    selectAll,
    clear,
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
      selection.keepOnly(next)
      ids.value = next
    },
    pick(place, how) {
      selection.pick(idAt(place), { ...how, from: idAt(active.value) })
      active.value = place
    },
    moveTo(place, how) {
      selection.moveTo(idAt(place), { ...how, from: idAt(active.value) })
      asked.reveal = true
      active.value = place
    },
  }
}
