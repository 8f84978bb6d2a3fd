import { html, type VNode } from '../lib/html.ts'
import { useShortcuts } from '../lib/keys.ts'
import { may } from '../lib/me.ts'
import { formatNumber, words } from '../lib/words.ts'
import { Button, IconButton } from '../ui/button.ts'
import { ChangeButtons, MoveDialog } from './change-buttons.ts'
import { type ChangeKind, useChanges } from './changes.ts'
import type { Gallery } from './gallery.ts'
import { stepBack } from './grid-keys.ts'
import { undoLatest } from './undo.ts'

type SelectionBarProps = { gallery: Gallery; onChanged: () => void }

/** How many are selected, and what can be done with all of them; the keys for it work on the active picture, too. */
export function SelectionBar({ gallery, onChanged }: SelectionBarProps): VNode | null {
  const { gallery: w } = words()
  const { change, isBusy, done } = useChanges({ gallery, onChanged })
  const { selected, ids } = gallery
  const does = (kind: ChangeKind) => (): void => void change(kind, chosenIn(gallery))
  const move = (): void => {
    gallery.moving.value = chosenIn(gallery)
  }
  const reviews = may('reviewer')
  useShortcuts(w.selection, [
    // The grid itself listens to these, where it has the focus.
    { key: ' ', says: w.keys.select },
    { key: 'Shift+ArrowRight', says: w.keys.range },
    { key: 'Enter', says: w.keys.details },
    { key: 'Ctrl+a', says: w.keys.all, run: () => gallery.selectAll() },
    { key: 'Escape', says: w.keys.clear, run: () => stepBack(gallery) },
    { key: 'm', says: w.keys.move, run: move },
    ...(reviews ? [{ key: 'x', says: w.keys.exclude, run: does('exclude') }] : []),
    ...(reviews ? [{ key: 'r', says: w.keys.restore, run: does('restore') }] : []),
    { key: 'Delete', says: w.keys.remove, run: does('remove') },
    { key: 'Ctrl+z', says: w.keys.undo, run: () => void undoLatest() },
  ])
  const n = selected.value.size
  return html`<div class="selection">
    <p class="hidden" role="status">${n > 0 && w.selected(n)}</p>
    ${
      n > 0 &&
      html`<section class="floating-bar selection-bar" aria-label=${w.selection}>
        <div class="selection-count">
          <${IconButton} icon="close" label=${w.clearSelection} onClick=${() => gallery.clear()} />
          <strong>${done === undefined ? w.selected(n) : w.working(formatNumber(done), formatNumber(n))}</strong>
          ${n < ids.value.length && html`<${Button} kind="quiet" class="select-all" onClick=${() => gallery.selectAll()}>${w.selectAll}<//>`}
        </div>
        <${ChangeButtons} gallery=${gallery} change=${change} isBusy=${isBusy} examples=${() => [...selected.value]} onWithdrawn=${onChanged} />
      </section>`
    }
    <${MoveDialog} gallery=${gallery} change=${change} />
  </div>`
}

/** What the keys mean: the selection, or the active picture where one can see which it is. */
function chosenIn({ selected, ids, active, isOpen }: Gallery): readonly number[] {
  if (selected.value.size > 0) return [...selected.value]
  const one = ids.value[active.value]
  const isSeen = isOpen.value || document.activeElement?.closest('.grid') != null
  return one !== undefined && isSeen ? [one] : []
}
