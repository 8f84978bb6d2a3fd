import { root } from '../lib/api.ts'
import { html, useState, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { Icon } from './icon.ts'

/** Pixels of the longer side that the server makes. */
export type PictureSize = 160 | 320 | 512

export const pictureHref = (example: number, size: PictureSize): string => `${root()}/pictures/${example}?size=${size}`

type PictureProps = { example: number; size?: PictureSize; alt: string; class?: string }

/** The stored copy of an example. */
export const Picture = ({ example, size = 320, alt, class: more = '' }: PictureProps): VNode =>
  html`<${Shown} key=${example} src=${pictureHref(example, size)} alt=${alt} class=${more} />`

/** Any picture, with the same states: not there yet, there, cannot be shown. */
export function Shown({ src, alt, class: more = '' }: { src: string; alt: string; class?: string }): VNode {
  const [state, setState] = useState<'loading' | 'there' | 'gone'>('loading')
  if (state === 'gone')
    return html`<span class=${`picture gone ${more}`} role="img" aria-label=${`${alt}: ${words().shell.pictureGone}`}>
      <${Icon} name="picture" />
    </span>`
  return html`<img class=${`picture ${state} ${more}`} src=${src} alt=${alt} loading="lazy" decoding="async" draggable="false"
    onLoad=${() => setState('there')} onError=${() => setState('gone')} />`
}
