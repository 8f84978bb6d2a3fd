import { html, type VNode } from '../../lib/html.ts'
import { words } from '../../lib/words.ts'
import { Button } from '../../ui/button.ts'
import { Icon } from '../../ui/icon.ts'

type StartProps = { onSamples: () => void; onOwn: () => void }

/** Samples or one's own pictures. */
export function Start({ onSamples, onOwn }: StartProps): VNode {
  const { guide } = words().try
  return html`<div class="ways">
    <section class="way">
      <span class="way-icon"><${Icon} name="sparkle" size=${26} /></span>
      <h2>${guide.samplesTitle}</h2>
      <p class="quiet">${guide.samplesText}</p>
      <${Button} kind="primary" onClick=${onSamples}>${guide.samples}<//>
    </section>
    <section class="way">
      <span class="way-icon"><${Icon} name="gallery" size=${26} /></span>
      <h2>${guide.ownTitle}</h2>
      <p class="quiet">${guide.ownText}</p>
      <${Button} onClick=${onOwn}>${guide.own}<//>
    </section>
  </div>`
}
