import { html, useMemo, useRef, useState, type VNode } from '../lib/html.ts'
import { useShortcuts } from '../lib/keys.ts'
import { words } from '../lib/words.ts'
import { LabelPicker } from '../ui/label-picker.ts'
import { setAside, store, undoLatest } from './decide.ts'
import { GroupView } from './group-view.ts'
import { groupPile, likelyFor, membersOf } from './groups.ts'
import { type Piled, pile } from './pile.ts'
import { pileKeys } from './pile-keys.ts'
import { usePointer } from './pointer.ts'
import { openPileSelection } from './selection.ts'
import { SelectionBar } from './selection-bar.ts'

/** All groups, and what can be done with some pictures of them. */
export function PileView(): VNode {
  const { sort: w } = words()
  const selection = useMemo(openPileSelection, [])
  const box = useRef<HTMLDivElement>(null)
  const [asked, setAsked] = useState<readonly Piled[] | undefined>(undefined)
  const { frame, handlers } = usePointer(box, selection)
  const groups = groupPile(pile.value)
  const order = groups.flatMap(membersOf)
  selection.show(order.map(({ id }) => id))
  const chosen = (): readonly Piled[] => order.filter(({ id }) => selection.selected.value.has(id))
  /** Those that are recognized, each under its own label. */
  const accept = (some: readonly Piled[]): void => {
    selection.clear()
    for (const group of groupPile(some)) if (group.label !== null) void store(membersOf(group), group.label)
  }
  const aside = (some: readonly Piled[]): void => {
    selection.clear()
    if (some.length > 0) setAside(some)
  }
  const ask = (some: readonly Piled[]): void => {
    if (some.length > 0) setAsked(some)
  }
  const pick = (label: string): void => {
    if (asked) void store(asked, label)
    setAsked(undefined)
    selection.clear()
  }
  useShortcuts(w.keys.title, [
    { key: 'Ctrl+a', says: w.keys.all, run: () => selection.selectAll() },
    { key: 'Escape', says: w.keys.clear, run: () => selection.clear() },
    { key: 'a', says: w.keys.accept, run: () => accept(chosen()) },
    { key: 'm', says: w.keys.label, run: () => ask(chosen()) },
    { key: 'Delete', says: w.keys.aside, run: () => aside(chosen()) },
    { key: 'Ctrl+z', says: w.keys.undo, run: () => void undoLatest() },
  ])
  return html`<div class="sort-pile">
    <div class="sort-groups" ref=${box} ...${handlers} onKeyDown=${pileKeys(selection)}>
      ${groups.map(
        (group) =>
          html`<${GroupView} key=${group.label ?? ''} group=${group} selection=${selection} first=${order[0]?.id} onAccept=${accept} onLabel=${ask} onAside=${aside} />`,
      )}
      ${frame && html`<div class="lasso sort-lasso" role="presentation" style=${frame}></div>`}
    </div>
    <${SelectionBar} selection=${selection} chosen=${chosen()} onAccept=${accept} onLabel=${ask} onAside=${aside} />
    ${asked && html`<${LabelPicker} title=${w.whichLabel(asked.length)} likely=${likelyFor(asked)} onPick=${pick} onClose=${() => setAsked(undefined)} />`}
  </div>`
}
