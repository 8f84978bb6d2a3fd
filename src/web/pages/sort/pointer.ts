import { useRef, useState } from '../lib/html.ts'
import type { PileSelection } from './selection.ts'

type Style = Record<string, string>
type Point = { x: number; y: number }

/** Pixels that a mouse moves before it draws a frame. */
const SLACK = 6
/** Pixels at the edge of the screen that scroll while a frame is drawn, and how far with each step. */
const [EDGE, STEP] = [48, 18]

const idOf = (target: EventTarget | null): number | undefined => {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-piled]') : null
  return cell ? Number(cell.dataset.piled) : undefined
}

/** Mouse: press, with Shift or Ctrl, or draw a frame around many. Finger: a press selects one more. */
export function usePointer(box: { current: HTMLElement | null }, selection: PileSelection) {
  const [frame, setFrame] = useState<Style | undefined>(undefined)
  const isDrawn = useRef(false)

  function onPointerDown(event: PointerEvent): void {
    isDrawn.current = false
    if (event.pointerType === 'touch' || event.button !== 0) return
    if (event.target instanceof Element && event.target.closest('button, a, input')) return
    const base = event.ctrlKey || event.metaKey || event.shiftKey ? selection.selected.value : new Set<number>()
    const start = within(box.current, event)
    const move = (to: PointerEvent): void => {
      const at = within(box.current, to)
      if (!isDrawn.current && Math.hypot(at.x - start.x, at.y - start.y) <= SLACK) return
      isDrawn.current = true
      if (to.clientY < EDGE) scrollBy({ top: -STEP, behavior: 'instant' })
      else if (to.clientY > innerHeight - EDGE) scrollBy({ top: STEP, behavior: 'instant' })
      const drawn = { left: Math.min(start.x, at.x), top: Math.min(start.y, at.y) }
      const size = { width: Math.abs(at.x - start.x), height: Math.abs(at.y - start.y) }
      selection.selected.value = new Set([...base, ...touched(box.current, { ...drawn, ...size })])
      setFrame({
        transform: `translate(${drawn.left}px, ${drawn.top}px)`,
        width: `${size.width}px`,
        height: `${size.height}px`,
      })
    }
    const end = (): void => {
      removeEventListener('pointermove', move)
      removeEventListener('pointerup', end)
      removeEventListener('pointercancel', end)
      setFrame(undefined)
    }
    addEventListener('pointermove', move)
    addEventListener('pointerup', end)
    addEventListener('pointercancel', end)
  }

  function onClick(event: PointerEvent): void {
    const id = idOf(event.target)
    // The end of a frame is no press.
    if (isDrawn.current || id === undefined) return
    const toggle = event.ctrlKey || event.metaKey || event.pointerType === 'touch'
    selection.pick(id, { toggle, extend: event.shiftKey })
  }

  return { frame, handlers: { onPointerDown, onClick } }
}

function within(element: HTMLElement | null, { clientX, clientY }: PointerEvent): Point {
  const { left = 0, top = 0 } = element?.getBoundingClientRect() ?? {}
  return { x: clientX - left, y: clientY - top }
}

type Box = { left: number; top: number; width: number; height: number }

/** The pictures that a frame touches. */
function touched(box: HTMLElement | null, { left, top, width, height }: Box): number[] {
  const origin = box?.getBoundingClientRect()
  if (!box || !origin) return []
  return [...box.querySelectorAll<HTMLElement>('[data-piled]')].flatMap((cell) => {
    const at = cell.getBoundingClientRect()
    const [x, y] = [at.left - origin.left, at.top - origin.top]
    const isTouched = x < left + width && x + at.width > left && y < top + height && y + at.height > top
    return isTouched ? Number(cell.dataset.piled) : []
  })
}
