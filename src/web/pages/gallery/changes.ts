import type { Results } from '../../../commands/results.ts'
import { type PageResult, type ProgressEvent, run } from '../lib/api.ts'
import { useState } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { confirm } from '../ui/dialog.ts'
import { toast, toastError } from '../ui/toast.ts'
import type { Gallery } from './gallery.ts'
import { offerUndo } from './undo.ts'

export type ChangeKind = 'move' | 'exclude' | 'restore' | 'remove' | 'keep'
type Change = { kind: ChangeKind; examples: readonly number[]; label: string | undefined }

/** Examples in one request, as the server allows. */
const AT_ONCE = 10_000

/** Changes many examples, says what came of it, and offers to take it back. `done`: how many were, while it goes on. */
export function useChanges({ gallery, onChanged }: { gallery: Gallery; onChanged: () => void }) {
  const [done, setDone] = useState<number | undefined>(undefined)

  async function change(kind: ChangeKind, examples: readonly number[], label?: string): Promise<void> {
    if (examples.length === 0 || (kind === 'remove' && !(await confirmRemoval(examples.length)))) return
    setDone(0)
    try {
      const results = await runChange({ kind, examples, label }, setDone)
      gallery.clear()
      report({ kind, examples, label }, results, onChanged)
    } catch (error) {
      toastError(error)
    } finally {
      setDone(undefined)
      gallery.details.outdate()
      onChanged()
    }
  }

  return { change, isBusy: done !== undefined, done }
}

function confirmRemoval(n: number): Promise<boolean> {
  const { gallery } = words()
  return confirm({ title: gallery.removeTitle(n), text: gallery.removeText, action: gallery.remove, danger: true })
}

async function runChange({ kind, examples, label }: Change, onDone: (done: number) => void): Promise<PageResult[]> {
  const results: PageResult[] = []
  for (let i = 0; i < examples.length; i += AT_ONCE) {
    const part = examples.slice(i, i + AT_ONCE)
    const onProgress = ({ done }: ProgressEvent): void => onDone(i + done)
    results.push(...(await run('change-examples', { change: kind, examples: part, label }, { onProgress })))
  }
  return results
}

function report({ kind, label }: Change, results: PageResult[], onChanged: () => void): void {
  const { gallery: w } = words()
  const counted = { done: 0, waiting: 0, refused: 0 }
  for (const { key, values } of results) {
    if (key !== 'reviewed' && key !== 'removed') continue
    const told = values as Partial<Results['reviewed'] & Results['removed']>
    counted.done += told.done ?? told.removed ?? 0
    counted.waiting += told.waiting ?? 0
    counted.refused += told.refused ?? 0
  }
  const { done, waiting, refused } = counted
  if (refused > 0) toast(w.refused(refused), { tone: 'bad' })
  const said = [done > 0 && sayDone(kind, done, label), waiting > 0 && w.waiting(waiting)].filter(Boolean)
  if (said.length > 0) offerUndo(said.join(' · '), () => takeBack(results, onChanged))
  else if (refused === 0) toast(w.nothingDone)
}

function sayDone(kind: ChangeKind, done: number, label: string | undefined): string {
  const { gallery: w } = words()
  switch (kind) {
    case 'move':
      return w.moved(done, label ?? '')
    case 'exclude':
      return w.excluded(done)
    case 'restore':
      return w.restored(done)
    case 'remove':
      return w.removed(done)
    case 'keep':
      return w.keptRight
  }
}

/** The latest part first. */
async function takeBack(results: PageResult[], onChanged: () => void): Promise<string> {
  const { gallery: w } = words()
  const undone = { undone: 0, left: 0 }
  try {
    for (const { choices } of results.toReversed()) {
      const undo = choices.find(({ key }) => key === 'undo')
      if (!undo) continue
      for (const { key, values } of await run(undo.command, undo.options)) {
        if (key !== 'changeUndone') continue
        const told = values as Results['changeUndone']
        undone.undone += told.undone
        undone.left += told.left
      }
    }
  } finally {
    onChanged()
  }
  return [w.undone(undone.undone), undone.left > 0 && w.left(undone.left)].filter(Boolean).join(' · ')
}
