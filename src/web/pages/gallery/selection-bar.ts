import { html, useState, type VNode } from '../lib/html.ts'
import { useShortcuts } from '../lib/keys.ts'
import { may } from '../lib/me.ts'
import { words } from '../lib/words.ts'
import { Button, IconButton } from '../ui/button.ts'
import { LabelPicker } from '../ui/label-picker.ts'
import { type ChangeKind, useChanges } from './changes.ts'
import type { Gallery } from './gallery.ts'
import { stepBack } from './grid-keys.ts'
import { undoLatest } from './undo.ts'

type SelectionBarProps = { gallery: Gallery; onChanged: () => void }

/** How many are selected, and what can be done with all of them; the keys for it work on the active picture, too. */
export function SelectionBar({ gallery, onChanged }: SelectionBarProps): VNode | null {
  const { gallery: w } = words()
  const [asksLabel, setAsksLabel] = useState<readonly number[] | undefined>(undefined)
  const { change, isBusy } = useChanges({ gallery, onChanged })
  const { selected, ids, active, isOpen } = gallery
  const chosen = (): readonly number[] => {
    const one = ids.value[active.value]
    if (selected.value.size > 0) return [...selected.value]
    return one !== undefined && (isOpen.value || isInGrid()) ? [one] : []
  }
  const does = (kind: ChangeKind) => (): void => void change(kind, chosen())
  const move = (): void => {
    const examples = chosen()
    if (examples.length > 0) setAsksLabel(examples)
  }
  const reviews = may('reviewer')
  useShortcuts(w.keys.title, [
    { key: 'Ctrl+a', says: w.keys.all, run: () => gallery.selectAll() },
    { key: 'Escape', says: w.keys.clear, run: () => stepBack(gallery) },
    { key: 'm', says: w.keys.move, run: move },
    ...(reviews ? [{ key: 'x', says: w.keys.exclude, run: does('exclude') }] : []),
    ...(reviews ? [{ key: 'r', says: w.keys.restore, run: does('restore') }] : []),
    { key: 'Delete', says: w.keys.remove, run: does('remove') },
    { key: 'Ctrl+z', says: w.keys.undo, run: () => void undoLatest() },
  ])
  const pick = (label: string): void => {
    const examples = asksLabel ?? []
    setAsksLabel(undefined)
    void change('move', examples, label)
  }
  const n = selected.value.size
  return html`<div class="selection">
    <p class="hidden" role="status">${n > 0 && w.selected(n)}</p>
    ${
      n > 0 &&
      html`<section class="selection-bar" aria-label=${w.selection}>
        <div class="selection-count">
          <${IconButton} icon="close" label=${w.clearSelection} onClick=${() => gallery.clear()} />
          <strong>${w.selected(n)}</strong>
          ${n < ids.value.length && html`<${Button} kind="quiet" class="select-all" onClick=${() => gallery.selectAll()}>${w.selectAll}<//>`}
        </div>
        <div class="selection-actions">
          <${Button} kind="primary" icon="label" busy=${isBusy} onClick=${move}>${w.move}<//>
          ${reviews && html`<${Button} icon="pause" busy=${isBusy} onClick=${does('exclude')}>${w.exclude}<//>`}
          ${reviews && html`<${Button} icon="undo" busy=${isBusy} onClick=${does('restore')}>${w.restore}<//>`}
          <${Button} kind="danger" icon="trash" busy=${isBusy} onClick=${does('remove')}>${w.remove}<//>
        </div>
      </section>`
    }
    ${asksLabel && html`<${LabelPicker} title=${w.moveTitle(asksLabel.length)} likely=${likelyFor(gallery, asksLabel)} onPick=${pick} onClose=${() => setAsksLabel(undefined)} />`}
  </div>`
}

/** Keys mean the active picture only where one can see which it is. */
const isInGrid = (): boolean => document.activeElement?.closest('.grid') != null

/** Examples whose details say which label is likely. */
const ASKED = 200

/** What the last training would rather have them under, the most frequent first. */
function likelyFor({ details }: Gallery, examples: readonly number[]): string[] {
  const counts = new Map<string, number>()
  for (const id of examples.slice(0, ASKED)) {
    const { suggested, recognized, label } = details.get(id) ?? {}
    for (const likely of new Set([suggested, recognized]))
      if (likely && likely !== label) counts.set(likely, (counts.get(likely) ?? 0) + 1)
  }
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([label]) => label)
}
