import { html, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { Button, IconButton } from '../ui/button.ts'
import type { Decisions } from './group-view.ts'
import type { Piled } from './pile.ts'
import type { PileSelection } from './selection.ts'

type SelectionBarProps = Decisions & { selection: PileSelection; chosen: readonly Piled[] }

/** How many are selected, and what can be done with them. */
export function SelectionBar({ selection, chosen, onAccept, onLabel, onAside }: SelectionBarProps): VNode {
  const { sort: w } = words()
  const n = chosen.length
  const canAccept = chosen.some(({ prediction }) => prediction?.label != null)
  return html`<div>
    <p class="hidden" role="status">${n > 0 && w.selected(n)}</p>
    ${
      n > 0 &&
      html`<section class="floating-bar sort-bar" aria-label=${w.selection}>
        <div class="row">
          <${IconButton} icon="close" label=${w.clear} onClick=${() => selection.clear()} />
          <strong>${w.selected(n)}</strong>
        </div>
        <div class="row">
          ${canAccept && html`<${Button} kind="primary" icon="check" onClick=${() => onAccept(chosen)}>${w.acceptSelected}<//>`}
          <${Button} kind=${canAccept ? 'plain' : 'primary'} icon="label" onClick=${() => onLabel(chosen)}>${w.chooseLabel}<//>
          <${Button} kind="quiet" onClick=${() => onAside(chosen)}>${w.setAside}<//>
        </div>
      </section>`
    }
  </div>`
}
