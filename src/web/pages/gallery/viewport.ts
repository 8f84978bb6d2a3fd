import { useLayoutEffect, useRef, useState } from '../lib/html.ts'
import type { Gallery } from './gallery.ts'
import { type Layout, layOut, type Rows, rowsWithin, topOfRow } from './layout.ts'

type ViewportProps = { box: { current: HTMLElement | null }; gallery: Gallery; wanted: number }

/** Rows above and below the screen that are drawn ahead, as a share of those on it. */
const AHEAD = 0.5
/** Cells on the screen and drawn at all, at most: each is two elements, and a page of very many is slow. */
const [MOST_SEEN, MOST_DRAWN] = [260, 320]
/** Examples at the top that are remembered, to find the place again should some be gone. */
const REMEMBERED = 40

/** Pixels at the bottom of a cell, where its label is written. */
const NOTE = 28

export type Viewport = { layout: Layout; seen: Rows; drawn: Rows }

/** Where the top of the grid is on the screen, below what stays in view. */
const topOf = (element: HTMLElement): number => element.getBoundingClientRect().top

/** The height that something covers at the top of the screen: the bar and the filters. */
export const coveredTop = (): number => document.querySelector('.gallery-tools')?.getBoundingClientRect().bottom ?? 0

/**
 * How the pictures lie, and which rows are on the screen. The place in the list is kept when the list or its width changes.
 * @param wanted side of a cell in pixels, at most
 */
export function useViewport({ box, gallery, wanted }: ViewportProps): Viewport | undefined {
  const ids = gallery.ids.value
  const [width, setWidth] = useState(0)
  const [seen, setSeen] = useState<Rows>({ from: 0, to: 0 })
  const anchor = useRef<Anchor | undefined>(undefined)
  const layout = layOut(ids.length, { width, wanted: Math.max(wanted, smallestFor(width)) })

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  useLayoutEffect(() => {
    const element = box.current
    if (!element || width === 0) return
    if (gallery.asked.top) goToTop(element)
    else stayAt(element, { ids, layout, anchor: anchor.current })
    gallery.asked.top = false
    let frame = 0
    const look = (): void => {
      frame = 0
      const top = topOf(element)
      const next = rowsWithin(layout, { top: -top, bottom: innerHeight - top })
      setSeen((before) => (before.from === next.from && before.to === next.to ? before : next))
      const covered = coveredTop()
      gallery.topRow.value = rowsWithin(layout, { top: covered - top + NOTE, bottom: innerHeight }).from
      anchor.current = remember({ ids, layout, top, covered })
    }
    const soon = (): void => {
      frame ||= requestAnimationFrame(look)
    }
    look()
    addEventListener('scroll', soon, { passive: true })
    addEventListener('resize', soon)
    return () => {
      cancelAnimationFrame(frame)
      removeEventListener('scroll', soon)
      removeEventListener('resize', soon)
    }
  }, [ids, width, wanted])

  if (width === 0) return undefined
  const ahead = rowsAhead(seen, layout)
  const to = Math.min(layout.rows, seen.to + ahead)
  return { layout, seen, drawn: { from: Math.max(0, Math.min(seen.from - ahead, to)), to } }
}

/** On a very large screen thumbnails are no smaller than this. */
const smallestFor = (width: number): number => Math.sqrt((width * innerHeight) / MOST_SEEN)

function rowsAhead({ from, to }: Rows, { columns }: Layout): number {
  const rows = to - from
  const affordable = Math.floor((MOST_DRAWN / columns - rows) / 2)
  return Math.max(0, Math.min(Math.ceil(rows * AHEAD), affordable))
}

/** Another filter begins at its top, if one has scrolled beyond it. */
function goToTop(element: HTMLElement): void {
  const above = topOf(element) - coveredTop()
  if (above < 0) scrollBy({ top: above, behavior: 'instant' })
}

/** Examples at the top of what can be seen, and where on the screen they are. */
type Anchor = { ids: Uint32Array; top: number }

type At = { ids: Uint32Array; layout: Layout }

/** What is at the top of what can be seen; nothing where the beginning is. */
function remember({ ids, layout, top, covered }: At & { top: number; covered: number }): Anchor | undefined {
  if (top >= covered) return undefined
  const row = rowsWithin(layout, { top: covered - top, bottom: covered - top + 1 }).from
  const first = row * layout.columns
  return { ids: ids.slice(first, first + REMEMBERED), top: top + topOfRow(layout, row) }
}

function stayAt(element: HTMLElement, { ids, layout, anchor }: At & { anchor: Anchor | undefined }): void {
  for (const id of anchor?.ids ?? []) {
    const place = ids.indexOf(id)
    if (place < 0 || !anchor) continue
    const top = topOf(element) + topOfRow(layout, Math.floor(place / layout.columns))
    if (Math.abs(top - anchor.top) > 1) scrollBy({ top: top - anchor.top, behavior: 'instant' })
    return
  }
}
