import { useEffect, useLayoutEffect, useRef, useState } from '../lib/html.ts'
import { type Layout, layOut, type Rows, rowsWithin, topOfRow } from './layout.ts'

type Box = { current: HTMLElement | null }

/** Rows above and below the screen that are drawn ahead, as a share of those on it. */
const AHEAD = 0.5
/** Examples at the top that are remembered, to find the place again should some be gone. */
const REMEMBERED = 40

export type Viewport = { layout: Layout; seen: Rows; drawn: Rows }

/** Where the top of the grid is on the screen, below what stays in view. */
const topOf = (element: HTMLElement): number => element.getBoundingClientRect().top

/** The height that something covers at the top of the screen: the bar and the filters. */
export const coveredTop = (): number => document.querySelector('.gallery-tools')?.getBoundingClientRect().bottom ?? 0

/** How the pictures lie, and which rows are on the screen. The place in the list is kept when the list or its width changes. */
export function useViewport(box: Box, ids: Uint32Array, wanted: number): Viewport | undefined {
  const [width, setWidth] = useState(0)
  const [seen, setSeen] = useState<Rows>({ from: 0, to: 0 })
  const anchor = useRef<{ ids: Uint32Array; top: number } | undefined>(undefined)
  const layout = layOut(ids.length, { width, wanted })

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
    stayAt(element, { ids, layout, anchor: anchor.current })
    let frame = 0
    const look = (): void => {
      frame = 0
      const top = topOf(element)
      const next = rowsWithin(layout, { top: -top, bottom: innerHeight - top })
      setSeen((before) => (before.from === next.from && before.to === next.to ? before : next))
      anchor.current = remember({ ids, layout, top, covered: coveredTop() })
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

  useEffect(() => () => void (anchor.current = undefined), [])
  if (width === 0) return undefined
  const ahead = Math.ceil((seen.to - seen.from) * AHEAD)
  const to = Math.min(layout.rows, seen.to + ahead)
  return { layout, seen, drawn: { from: Math.max(0, Math.min(seen.from - ahead, to)), to } }
}

type At = { ids: Uint32Array; layout: Layout }

/** What is at the top of what can be seen; nothing where the beginning is. */
function remember({ ids, layout, top, covered }: At & { top: number; covered: number }) {
  if (top >= covered) return undefined
  const row = rowsWithin(layout, { top: covered - top, bottom: covered - top + 1 }).from
  const first = row * layout.columns
  return { ids: ids.slice(first, first + REMEMBERED), top: top + topOfRow(layout, row) }
}

function stayAt(element: HTMLElement, { ids, layout, anchor }: At & { anchor: ReturnType<typeof remember> }): void {
  for (const id of anchor?.ids ?? []) {
    const place = ids.indexOf(id)
    if (place < 0 || !anchor) continue
    const top = topOf(element) + topOfRow(layout, Math.floor(place / layout.columns))
    if (Math.abs(top - anchor.top) > 1) scrollBy({ top: top - anchor.top, behavior: 'instant' })
    return
  }
}
