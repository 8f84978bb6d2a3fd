import { effect } from '../lib/html.ts'
import { theme } from '../lib/theme.ts'

/** Tokens that charts are drawn with. */
const TOKENS = [
  'text',
  'quiet',
  'line',
  'surface',
  'raised',
  'accent',
  'sure',
  'unsure',
  'unknown',
  'error',
  'focus',
] as const
export type Colours = Record<(typeof TOKENS)[number], string>

/** The colours of the page as they are now, for what is no CSS. */
function readColours(): Colours {
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  const entries = TOKENS.map((name) => {
    probe.style.color = `var(--${name})`
    return [name, getComputedStyle(probe).color] as const
  })
  probe.remove()
  return Object.fromEntries(entries) as Colours
}

/** Called now and whenever the page turns light or dark. @returns what ends it */
export function watchColours(use: (colours: Colours) => void): () => void {
  const query = matchMedia('(prefers-color-scheme: dark)')
  const tell = (): void => use(readColours())
  const stop = effect(() => {
    // The attribute is set by whoever chose; it is there in the next frame.
    if (theme.value) requestAnimationFrame(tell)
  })
  query.addEventListener('change', tell)
  return () => {
    stop()
    query.removeEventListener('change', tell)
  }
}
