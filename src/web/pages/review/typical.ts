import { html, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { Picture } from '../ui/picture.ts'

type TypicalProps = { label: string; examples: readonly number[]; note: string; tone: 'now' | 'suggested' }

/** What a label usually looks like. */
export function Typical({ label, examples, note, tone }: TypicalProps): VNode {
  const { review: w } = words()
  return html`<section class=${`typical ${tone}`} aria-label=${w.typical(label)}>
    <h3><bdi>${label}</bdi> <small>${note}</small></h3>
    ${
      examples.length === 0
        ? html`<p class="quiet">${w.noTypical}</p>`
        : html`<div class="typical-pictures">${examples.map(
            (example) =>
              html`<${Picture} key=${example} example=${example} size=${160} alt=${w.typicalPicture(label)} />`,
          )}</div>`
    }
  </section>`
}
