import { html, useLayoutEffect, useRef, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { type PictureSize, pictureHref } from '../ui/picture.ts'
import type { ExampleDetails } from './details.ts'
import { loadPicture } from './picture-queue.ts'

type CellProps = {
  id: number
  place: number
  column: number
  size: PictureSize
  details: ExampleDetails | undefined
  isSelected: boolean
  isActive: boolean
  /** The label, where it is another one than before. */
  heading: string | undefined
  style: Record<string, string>
}

/** One picture of the grid. Few elements: there are hundreds of them. */
export function Cell(props: CellProps): VNode {
  const { id, place, column, size, details, isSelected, isActive, heading, style } = props
  const image = useRef<HTMLImageElement>(null)
  const src = pictureHref(id, size)
  useLayoutEffect(() => (image.current ? loadPicture(image.current, { src, place }) : undefined), [src])
  const look = `tile cell ${details ? 'known' : ''} ${details?.isSpoiler ? 'spoiler' : ''} ${details?.state ?? ''}`
  return html`<div role="gridcell" class=${look} style=${style} data-place=${place} aria-colindex=${column + 1}
    aria-selected=${isSelected ? 'true' : 'false'} aria-label=${nameOf(details)} tabindex=${isActive ? 0 : -1} data-note=${noteOf(details, heading)}>
    <img ref=${image} alt="" draggable=${false} />
  </div>`
}

/** What is written on it. The style shows it, without an element. */
function noteOf(details: ExampleDetails | undefined, heading: string | undefined): string | undefined {
  const state = details && details.state !== 'kept' && words().gallery.states[details.state]
  return [heading, state].filter(Boolean).join(' · ') || undefined
}

/** What a screen reader says of it. */
function nameOf(details: ExampleDetails | undefined): string {
  const { gallery } = words()
  if (!details) return gallery.picture
  const { label, file, state, isSuspect } = details
  const more = [state !== 'kept' && gallery.states[state], isSuspect && gallery.suspect]
  return [label, file, ...more].filter(Boolean).join(', ')
}
