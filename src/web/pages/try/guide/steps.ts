import { html, type VNode } from '../../lib/html.ts'
import { words } from '../../lib/words.ts'
import { Icon } from '../../ui/icon.ts'

/** Where somebody is in the first minute. */
export function Steps({ current }: { current: number }): VNode {
  const { guide } = words().try
  return html`<ol class="steps" aria-label=${guide.stepsLabel}>
    ${guide.steps.map(
      (
        step,
        i,
      ) => html`<li key=${i} class=${i < current ? 'done' : ''} aria-current=${i === current ? 'step' : undefined}>
        <span class="step-number">${i < current ? html`<${Icon} name="check" size=${14} />` : i + 1}</span>${step}
      </li>`,
    )}
  </ol>`
}
