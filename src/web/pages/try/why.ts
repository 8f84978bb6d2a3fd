import type { PageResult } from '../lib/api.ts'
import { html, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { IconButton } from '../ui/button.ts'
import { Markdown } from '../ui/markdown.ts'
import { Shown } from '../ui/picture.ts'

type WhyProps = { result: PageResult; onClose: () => void }

/** The taught pictures that one is most like. */
export function Why({ result: { answer, gallery }, onClose }: WhyProps): VNode {
  const { shell } = words()
  return html`<section class="why">
    <div class="why-head"><p><${Markdown} text=${answer.headline} /></p><${IconButton} size="small" icon="close" label=${shell.close} onClick=${onClose} /></div>
    <div class="why-tiles">${gallery.map(
      ({ src, caption, note }, i) => html`<figure key=${i}>
        <${Shown} src=${src} alt=${caption} />
        <figcaption><bdi>${caption}</bdi> <small>${note}</small></figcaption>
      </figure>`,
    )}</div>
  </section>`
}
