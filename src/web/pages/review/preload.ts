import { pictureHref } from '../ui/picture.ts'
import type { Suspect } from './queue.ts'

/** Suspects whose pictures are there before somebody comes to them. */
const AHEAD = 4
/** Kept, so that the browser keeps what they hold. */
const kept = new Map<string, HTMLImageElement>()
const MOST_KEPT = 80

/** Loads what comes next, so that a key shows it at once. */
export function preloadPictures(
  suspects: readonly Suspect[],
  typical: ReadonlyMap<string, readonly number[]> | undefined,
): void {
  for (const { example, label, suggested } of suspects.slice(1, AHEAD + 1)) {
    preload(pictureHref(example, 512))
    for (const name of [label, suggested])
      for (const other of (name !== null && typical?.get(name)) || []) preload(pictureHref(other, 160))
  }
}

function preload(href: string): void {
  if (kept.has(href)) return
  const picture = new Image()
  picture.src = href
  kept.set(href, picture)
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
}
