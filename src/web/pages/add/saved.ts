import { html, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { toastError } from '../ui/toast.ts'
import { forgetSaved, resume } from './job.ts'
import type { SavedJob } from './store.ts'

/** What was not finished before a reload. */
export function Saved({ saved }: { saved: SavedJob }): VNode {
  const { add } = words()
  const canResume = saved.handles.length > 0
  const text = [add.savedText(saved.done, saved.total), !canResume && add.savedAgain].filter(Boolean).join(' ')
  return html`<section class="card add-saved" aria-label=${add.savedTitle}>
    <div><h2>${add.savedTitle}</h2><p class="quiet">${text}</p></div>
    <div class="actions">
      ${canResume && html`<${Button} kind="primary" icon="play" onClick=${() => resume(saved).catch(toastError)}>${add.goOn}<//>`}
      <${Button} kind="quiet" onClick=${forgetSaved}>${add.forget}<//>
    </div>
  </section>`
}
