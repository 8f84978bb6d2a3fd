import type { Gallery } from './gallery.ts'
import { GAP, type Layout, placeAfter } from './layout.ts'

type Keyed = { gallery: Gallery; layout: Layout | undefined }

/** Keys of the grid: arrows go, with Shift they select; Space selects one, and Enter shows it. */
export const useGridKeys =
  ({ gallery, layout }: Keyed) =>
  (event: KeyboardEvent): void => {
    if (!layout || layout.count === 0 || event.altKey || event.isComposing) return
    const { key, shiftKey: extend } = event
    const isCommand = event.ctrlKey || event.metaKey
    const active = gallery.active.value
    const page = Math.max(1, Math.floor(innerHeight / (layout.cell + GAP)) - 1)
    const to = isCommand && key !== 'Home' && key !== 'End' ? undefined : placeAfter(key, active, { ...layout, page })
    if (to !== undefined) gallery.moveTo(to, { extend })
    else if (key === ' ') gallery.pick(active, extend ? { extend } : { toggle: true })
    else if (key === 'Enter') gallery.isOpen.value = true
    // Ctrl+A is a shortcut of the page; this is that of a Mac.
    else if (event.metaKey && key === 'a') gallery.selectAll()
    // At an edge, the page does not scroll instead.
    else if (!key.startsWith('Arrow')) return
    event.preventDefault()
  }

/** The details are closed first, then the selection is cleared. */
export function stepBack(gallery: Gallery): void {
  if (gallery.isOpen.value) gallery.isOpen.value = false
  else gallery.clear()
}
