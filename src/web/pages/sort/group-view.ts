import { html, useState, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { Icon } from '../ui/icon.ts'
import { type Group, membersOf } from './groups.ts'
import type { Piled } from './pile.ts'
import type { PileSelection } from './selection.ts'

/** Pictures of one group that are drawn at first. */
const SHOWN = 60

export type Decisions = {
  onAccept: (some: readonly Piled[]) => void
  onLabel: (some: readonly Piled[]) => void
  onAside: (some: readonly Piled[]) => void
}

type GroupViewProps = Decisions & {
  group: Group
  selection: PileSelection
  /** The one that the tabulator goes to, while none is active. */
  first: number | undefined
}

/** One group: what it seems to be, its pictures, and one decision for all of them. */
export function GroupView({ group, selection, first, onAccept, onLabel, onAside }: GroupViewProps): VNode {
  const { sort: w } = words()
  const [showsAll, setShowsAll] = useState(false)
  const all = membersOf(group)
  const { label, sure, unsure } = group
  const isBusy = all.some(({ state }) => state === 'storing')
  const rest = showsAll ? 0 : all.length - SHOWN
  const shown = new Set(rest > 0 ? all.slice(0, SHOWN) : all)
  const draw = (some: readonly Piled[]): VNode[] =>
    some
      .filter((piled) => shown.has(piled))
      .map((piled) => html`<${Cell} key=${piled.id} piled=${piled} selection=${selection} first=${first} />`)
  const part = (name: string, tone: string, some: readonly Piled[]): VNode | false =>
    some.length > 0 &&
    html`<div class="sort-part">
      ${label !== null && html`<h3 class=${tone}>${name}<span class="badge">${some.length}</span></h3>`}
      <div class="sort-cells" role="listbox" aria-multiselectable="true" aria-label=${`${label ?? w.noneOfThem}${label === null ? '' : `, ${name}`}`}>${draw(some)}</div>
    </div>`
  return html`<section class="sort-group" aria-label=${w.groupOf(label ?? w.noneOfThem, all.length)} aria-busy=${isBusy ? 'true' : undefined}>
    <header class="sort-group-head">
      <div>
        <h2><bdi>${label ?? w.noneOfThem}</bdi><small>${w.pictures(all.length)}</small></h2>
        ${label === null && html`<p class="quiet">${w.noneText}</p>`}
      </div>
      <div class="actions">
        ${label !== null && html`<${Button} kind="primary" icon="check" busy=${isBusy} onClick=${() => onAccept(all)}>${w.accept(all.length)}<//>`}
        ${label !== null && sure.length > 0 && unsure.length > 0 && html`<${Button} busy=${isBusy} onClick=${() => onAccept(sure)}>${w.acceptSure(sure.length)}<//>`}
        <${Button} kind=${label === null ? 'primary' : 'plain'} icon="label" busy=${isBusy} onClick=${() => onLabel(all)}>${label === null ? w.chooseLabel : w.otherLabel}<//>
        <${Button} kind="quiet" busy=${isBusy} onClick=${() => onAside(all)}>${w.setAside}<//>
      </div>
    </header>
    ${part(w.sure, 'sure', sure)}
    ${part(w.unsure, 'unsure', unsure)}
    ${rest > 0 && html`<div class="actions center"><${Button} kind="quiet" icon="chevron" onClick=${() => setShowsAll(true)}>${w.showAll(all.length)}<//></div>`}
  </section>`
}

type CellProps = { piled: Piled; selection: PileSelection; first: number | undefined }

function Cell({ piled, selection, first }: CellProps): VNode {
  const { sort: w } = words()
  const { id, path, thumbnail, prediction, state } = piled
  const isSelected = selection.selected.value.has(id)
  const isReached = (selection.active.value ?? first) === id
  // A press focuses, too: what Shift extends stays as it is.
  const reach = (): void => {
    selection.active.value = id
  }
  const name = path.split('/').at(-1) ?? path
  return html`<div role="option" class=${`tile sort-cell ${state}`} data-piled=${id} tabindex=${isReached ? 0 : -1} aria-selected=${isSelected ? 'true' : 'false'}
    aria-label=${w.cell(name, prediction?.confidence ?? 0)} title=${path} onFocus=${reach}>
    ${thumbnail ? html`<img src=${thumbnail} alt="" draggable="false" decoding="async" />` : html`<span class="sort-no-thumbnail"><${Icon} name="picture" /></span>`}
  </div>`
}
