import type { PileSelection } from './selection.ts'

/** Keys among the pictures: arrows go, with Shift they select; Space selects one. */
export const pileKeys =
  (selection: PileSelection) =>
  (event: KeyboardEvent): void => {
    const { key, shiftKey: extend, currentTarget, target } = event
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return
    if (!(currentTarget instanceof HTMLElement) || !(target instanceof HTMLElement) || !target.dataset.piled) return
    const cells = [...currentTarget.querySelectorAll<HTMLElement>('[data-piled]')]
    const at = cells.indexOf(target)
    if (key === ' ') selection.pick(Number(target.dataset.piled), extend ? { extend } : { toggle: true })
    else {
      const to = cellAfter(key, at, cells)
      if (!to) return
      selection.moveTo(Number(to.dataset.piled), { extend })
      to.focus()
    }
    event.preventDefault()
  }

function cellAfter(key: string, at: number, cells: readonly HTMLElement[]): HTMLElement | undefined {
  if (key === 'ArrowRight') return cells[at + 1]
  if (key === 'ArrowLeft') return cells[at - 1]
  if (key === 'Home') return cells[0]
  if (key === 'End') return cells.at(-1)
  if (key === 'ArrowDown') return nearest(cells[at], cells.slice(at + 1))
  if (key === 'ArrowUp') return nearest(cells[at], cells.slice(0, at).toReversed())
  return undefined
}

/** Of the next row, the one that is straight above or below. @param others in the direction in which one goes */
function nearest(from: HTMLElement | undefined, others: readonly HTMLElement[]): HTMLElement | undefined {
  if (!from) return undefined
  const { top, left } = from.getBoundingClientRect()
  const placed = others.map((cell) => ({ cell, at: cell.getBoundingClientRect() }))
  const row = placed.find(({ at }) => Math.abs(at.top - top) > 1)?.at.top
  const inRow = placed.filter(({ at }) => row !== undefined && Math.abs(at.top - row) <= 1)
  const byDistance = inRow.toSorted((a, b) => Math.abs(a.at.left - left) - Math.abs(b.at.left - left))
  return byDistance[0]?.cell
}
