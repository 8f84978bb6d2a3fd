import { useRef, useState } from '../lib/html.ts'
import type { Gallery } from './gallery.ts'
import { type Box, type Layout, placesIn } from './layout.ts'

type Pointed = { box: { current: HTMLElement | null }; gallery: Gallery; layout: Layout | undefined }
type Style = Record<string, string>

/** Pixels that a mouse moves before it draws a frame, and a finger before it scrolls. */
const SLACK = 6
/** Milliseconds after which a finger selects. */
const LONG_MS = 450
/** Pixels at the edge of the screen that scroll while a frame is drawn, and how far with each step. */
const EDGE = 48
const STEP = 18

const placeOf = (target: EventTarget | null): number | undefined => {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null
  return cell ? Number(cell.dataset.place) : undefined
}

/** A screen reader goes to a picture without keys of the page. Where a mouse goes, the press decides. */
function followFocus(gallery: Gallery, { target }: FocusEvent): void {
  const place = placeOf(target)
  if (place !== undefined && target instanceof Element && target.matches(':focus-visible')) gallery.active.value = place
}

/** Mouse: press, with Shift or Ctrl, or draw a frame around many. Finger: press shows, a long press selects, then presses do. */
export function usePointer({ box, gallery, layout }: Pointed) {
  const [frame, setFrame] = useState<Style | undefined>(undefined)
  // What ends a press or a frame that is under way.
  const stop = useRef<(() => void) | undefined>(undefined)
  const isDone = useRef(false)
  const latest = useRef(layout)
  latest.current = layout

  function onPointerDown(event: PointerEvent): void {
    stop.current?.()
    isDone.current = false
    if (event.pointerType === 'touch') waitForLongPress(event)
    else if (event.button === 0) waitForFrame(event)
  }

  function waitForLongPress({ clientX, clientY, target }: PointerEvent): void {
    const place = placeOf(target)
    const timer = setTimeout(() => {
      stop.current?.()
      isDone.current = true
      if (place !== undefined) gallery.pick(place, { toggle: true })
    }, LONG_MS)
    const move = (event: PointerEvent): void => {
      if (Math.hypot(event.clientX - clientX, event.clientY - clientY) > SLACK) stop.current?.()
    }
    follow(move, () => clearTimeout(timer))
  }

  function waitForFrame({ clientX, clientY, ctrlKey, metaKey, shiftKey }: PointerEvent): void {
    const start = within(box.current, clientX, clientY)
    const base = ctrlKey || metaKey || shiftKey ? gallery.selected.value : new Set<number>()
    let at = { x: clientX, y: clientY }
    let timer: ReturnType<typeof setInterval> | undefined
    const draw = (): void => {
      const { current } = latest
      if (!current) return
      const drawn = boxBetween(start, within(box.current, at.x, at.y))
      gallery.selected.value = withPlaces(base, gallery.ids.value, placesIn(current, drawn))
      setFrame(styleOf(drawn))
    }
    const move = (event: PointerEvent): void => {
      if (!isDone.current && Math.hypot(event.clientX - clientX, event.clientY - clientY) <= SLACK) return
      isDone.current = true
      at = { x: event.clientX, y: event.clientY }
      timer ??= setInterval(() => scrollAtEdge(at.y) && draw(), 16)
      draw()
    }
    follow(move, () => {
      clearInterval(timer)
      setFrame(undefined)
    })
  }

  function follow(move: (event: PointerEvent) => void, end: () => void): void {
    const over = (): void => stop.current?.()
    addEventListener('pointermove', move)
    addEventListener('pointerup', over)
    addEventListener('pointercancel', over)
    stop.current = () => {
      stop.current = undefined
      removeEventListener('pointermove', move)
      removeEventListener('pointerup', over)
      removeEventListener('pointercancel', over)
      end()
    }
  }

  function onClick(event: PointerEvent): void {
    const place = placeOf(event.target)
    // The end of a frame or of a long press is no press.
    if (isDone.current || place === undefined) return
    const isTouch = event.pointerType === 'touch'
    const toggle = event.ctrlKey || event.metaKey || (isTouch && gallery.selected.value.size > 0)
    if (isTouch && !toggle) {
      gallery.moveTo(place)
      gallery.isOpen.value = true
    } else gallery.pick(place, { toggle, extend: event.shiftKey })
  }

  function onDblClick({ target }: MouseEvent): void {
    if (placeOf(target) !== undefined) gallery.isOpen.value = true
  }

  /** A long press selects, and offers no menu of the browser. */
  function onContextMenu(event: PointerEvent): void {
    if (event.pointerType === 'touch') event.preventDefault()
  }

  return {
    lasso: frame,
    handlers: {
      onFocusIn: (event: FocusEvent) => followFocus(gallery, event),
      onPointerDown,
      onClick,
      onDblClick,
      onContextMenu,
    },
  }
}

type Point = { x: number; y: number }

function within(element: HTMLElement | null, x: number, y: number): Point {
  const { left = 0, top = 0 } = element?.getBoundingClientRect() ?? {}
  return { x: x - left, y: y - top }
}

const boxBetween = (a: Point, b: Point): Box => ({
  left: Math.min(a.x, b.x),
  top: Math.min(a.y, b.y),
  right: Math.max(a.x, b.x),
  bottom: Math.max(a.y, b.y),
})

const styleOf = ({ left, top, right, bottom }: Box): Style => ({
  transform: `translate(${left}px, ${top}px)`,
  width: `${right - left}px`,
  height: `${bottom - top}px`,
})

function withPlaces(base: ReadonlySet<number>, ids: Uint32Array, places: Iterable<number>): Set<number> {
  const all = new Set(base)
  for (const place of places) all.add(ids[place] ?? 0)
  return all
}

function scrollAtEdge(y: number): boolean {
  const step = y < EDGE ? -STEP : y > innerHeight - EDGE ? STEP : 0
  if (step !== 0) scrollBy({ top: step, behavior: 'instant' })
  return step !== 0
}
