import { html, useEffect, useLayoutEffect, useMemo, useRef, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import type { PictureSize } from '../ui/picture.ts'
import { Cell } from './cell.ts'
import type { Gallery } from './gallery.ts'
import { useGridKeys } from './grid-keys.ts'
import { type Layout, topOfRow } from './layout.ts'
import { setSeen } from './picture-queue.ts'
import { usePointer } from './pointer.ts'
import { coveredTop, useViewport, type Viewport } from './viewport.ts'

type GridProps = {
  gallery: Gallery
  /** Side of a cell in pixels, at most. */
  wanted: number
  /** Where the order is by label, each label is named at its first picture, and at the top of the screen. */
  isByLabel: boolean
}

/** All pictures of the gallery, of which those on the screen are drawn. */
export function Grid({ gallery, wanted, isByLabel }: GridProps): VNode {
  const box = useRef<HTMLDivElement>(null)
  const ids = gallery.ids.value
  const viewport = useViewport({ box, gallery, wanted })
  const keys = useGridKeys({ gallery, layout: viewport?.layout })
  const pointer = usePointer({ box, gallery, layout: viewport?.layout })
  const { from, to } = placesOf(viewport)
  // Before the pictures: they are shown when their details are there.
  useLayoutEffect(() => gallery.details.want(ids, { from, to }), [ids, from, to, gallery.details.version.value])
  useFocus(box, gallery, viewport?.layout)
  const { layout } = viewport ?? {}
  const count = ids.length
  const rows = useRows({ gallery, viewport, isByLabel })
  return html`<div class="grid" role="grid" ref=${box} aria-label=${words().gallery.pictures(count)} aria-multiselectable="true"
    aria-rowcount=${layout?.rows ?? 0} aria-colcount=${layout?.columns ?? 0} style=${{ height: `${layout?.height ?? 0}px` }}
    onKeyDown=${keys} ...${pointer.handlers}>
    ${rows}
    ${pointer.lasso && html`<div class="lasso" role="presentation" style=${pointer.lasso}></div>`}
  </div>`
}

function placesOf(viewport: Viewport | undefined): { from: number; to: number } {
  if (!viewport) return { from: 0, to: 0 }
  const { seen, drawn, layout } = viewport
  setSeen(seen.from * layout.columns, seen.to * layout.columns)
  return { from: drawn.from * layout.columns, to: Math.min(layout.count, drawn.to * layout.columns) }
}

/** Those near the screen, and that of the active picture wherever it is: it may have the focus. */
function rowsToDraw({ drawn: { from, to }, layout }: Viewport, active: number): number[] {
  const rows = Array.from({ length: to - from }, (_, i) => from + i)
  const other = Math.floor(active / layout.columns)
  if (other < layout.rows && (other < from || other >= to)) rows.push(other)
  return rows
}

type Drawn = { gallery: Gallery; viewport: Viewport | undefined; isByLabel: boolean }

/** While it scrolls, rows that were there already are not drawn again: they follow what they show by themselves. */
function useRows({ gallery, viewport, isByLabel }: Drawn): VNode[] {
  const { columns, cell } = viewport?.layout ?? {}
  const before = useRef(new Map<number, VNode>())
  useMemo(() => before.current.clear(), [gallery.ids.value, columns, cell, isByLabel])
  if (!viewport) return []
  const rows = new Map<number, VNode>()
  for (const row of rowsToDraw(viewport, gallery.active.value))
    rows.set(
      row,
      before.current.get(row) ??
        html`<${Row} key=${row} row=${row} gallery=${gallery} layout=${viewport.layout} isByLabel=${isByLabel} />`,
    )
  before.current = rows
  return [...rows.values()]
}

type RowProps = { row: number; gallery: Gallery; layout: Layout; isByLabel: boolean }

function Row({ row, gallery, layout, isByLabel }: RowProps): VNode {
  const { ids, selected, active, details } = gallery
  const { columns, cell } = layout
  // Read, so that they are drawn again when they arrive.
  details.version.value
  const first = row * columns
  const isTop = isByLabel && gallery.topRow.value === row
  const size = sizeFor(cell * devicePixelRatio)
  const draw = (id: number, column: number): VNode => {
    const place = first + column
    const known = details.get(id)
    const before = place === 0 ? undefined : details.get(ids.value[place - 1] ?? 0)
    const isOther = place === 0 || (before !== undefined && before.label !== known?.label)
    const starts = isByLabel && known && (isOther || (isTop && column === 0))
    return html`<${Cell} key=${id} id=${id} place=${place} column=${column} size=${size} details=${known} heading=${starts ? known.label : undefined}
      isSelected=${selected.value.has(id)} isActive=${place === active.value} style=${{ width: `${cell}px` }} />`
  }
  const style = { transform: `translateY(${topOfRow(layout, row)}px)`, height: `${cell}px` }
  return html`<div role="row" class="grid-row" aria-rowindex=${row + 1} style=${style}>
    ${[...ids.value.subarray(first, first + columns)].map(draw)}
  </div>`
}

/** Enlarged by so much, a picture still looks sharp. */
const ENLARGED = 1.25

const sizeFor = (pixels: number): PictureSize => ([160, 320] as const).find((side) => pixels <= side * ENLARGED) ?? 512

/** The focus stays at the active picture: when keys move it, and when its element is made anew. */
function useFocus(box: { current: HTMLElement | null }, gallery: Gallery, layout: Layout | undefined): void {
  const hadFocus = useRef(false)
  const place = gallery.active.value
  useEffect(() => {
    const note = (): void => {
      hadFocus.current = box.current?.contains(document.activeElement) ?? false
    }
    // An element that is taken away loses the focus to nothing, of which no event tells.
    document.addEventListener('focusin', note)
    return () => document.removeEventListener('focusin', note)
  }, [])
  useLayoutEffect(() => {
    const element = box.current
    if (!element || !layout) return
    const isLost = document.activeElement === null || document.activeElement === document.body
    if (element.contains(document.activeElement) || (hadFocus.current && isLost)) {
      const cell = element.querySelector<HTMLElement>(`[data-place="${place}"]`)
      if (cell !== document.activeElement) cell?.focus({ preventScroll: true })
    }
    if (gallery.asked.reveal) reveal(element, topOfRow(layout, Math.floor(place / layout.columns)), layout.cell)
    gallery.asked.reveal = false
  })
}

/** Scrolls no further than needed. */
function reveal(element: HTMLElement, top: number, height: number): void {
  const onScreen = element.getBoundingClientRect().top + top
  const above = onScreen - coveredTop() - MARGIN
  const below = onScreen + height + MARGIN - bottomEdge()
  if (above < 0) scrollBy({ top: above, behavior: 'instant' })
  else if (below > 0) scrollBy({ top: below, behavior: 'instant' })
}

/** Pixels that stay free around what the keyboard is at. */
const MARGIN = 12

/** Where something begins that covers the bottom of the screen: what to do with a selection, or the navigation of a phone. */
const bottomEdge = (): number =>
  Math.min(
    innerHeight,
    ...[...document.querySelectorAll('.selection-bar, .nav > ul')]
      .map((element) => element.getBoundingClientRect())
      .filter(({ top }) => top > innerHeight / 2)
      .map(({ top }) => top),
  )
