import { useShortcuts } from '../lib/keys.ts'
import { words } from '../lib/words.ts'
import type { Decision } from './queue.ts'

type Keys = {
  onDecide: (decision: Decision) => void
  onLabel: (label: string) => void
  onOther: () => void
  onUndo: () => void
  onView: () => void
  /** In groups: all of it, or none. */
  onAll?: () => void
  likely: readonly string[]
}

/** Everything that a reviewer does with one key. */
export function useDecisionKeys({ onDecide, onLabel, onOther, onUndo, onView, onAll, likely }: Keys): void {
  const { review: w } = words()
  useShortcuts(w.keys.title, [
    { key: 'k', says: w.keep, run: () => onDecide('keep') },
    { key: 'm', says: w.keys.move, run: () => onDecide('move') },
    { key: 'Enter', says: w.keys.move, run: () => onDecide('move') },
    { key: 'x', says: w.keys.exclude, run: () => onDecide('exclude') },
    { key: 's', says: w.keys.skip, run: () => onDecide('skip') },
    { key: 'z', says: w.keys.undo, run: onUndo },
    { key: 'Ctrl+z', says: w.keys.undo, run: onUndo },
    { key: 'l', says: w.keys.other, run: onOther },
    { key: 'g', says: w.keys.view, run: onView },
    ...(onAll ? [{ key: 'a', says: w.keys.all, run: onAll }] : []),
    ...Array.from({ length: 9 }, (_, i) => ({
      key: String(i + 1),
      says: likely[i] === undefined ? w.keys.likely : w.moveTo(likely[i]),
      run: () => likely[i] !== undefined && onLabel(likely[i]),
    })).slice(0, Math.max(1, likely.length)),
  ])
}
