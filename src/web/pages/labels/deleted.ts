import type { Results } from '../../../commands/results.ts'
import { run } from '../lib/api.ts'
import { html, type VNode } from '../lib/html.ts'
import { useLoaded } from '../lib/use-loaded.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { toastError } from '../ui/toast.ts'
import { sayDone } from './say-done.ts'

type Deleted = Results['deletedLabels']['labels']

/** Labels that can still be brought back. */
export function DeletedLabels({ revision, onChanged }: { revision: number; onChanged: () => void }): VNode | null {
  const { labels: w } = words()
  const { value, reload } = useLoaded(async () => {
    const [result] = await run('labels', { action: 'deleted' })
    return (result?.values as { labels: Deleted } | undefined)?.labels ?? []
  }, [revision])
  if (!value || value.length === 0) return null
  const restore = async (label: string): Promise<void> => {
    try {
      sayDone(await run('labels', { action: 'restore', label }), onChanged)
      reload()
      onChanged()
    } catch (error) {
      toastError(error)
    }
  }
  return html`<section class="deleted-labels">
    <h2>${w.deleted}</h2>
    <p class="quiet">${w.deletedText}</p>
    <ul>
      ${value.map(
        ({ label, into }) => html`<li key=${label}>
          <span><bdi>${label}</bdi>${into && html` <small>${w.mergedInto(into)}</small>`}</span>
          <${Button} size="small" icon="undo" onClick=${() => restore(label)}>${w.bringBack}<//>
        </li>`,
      )}
    </ul>
  </section>`
}
