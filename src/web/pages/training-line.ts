import { shareOf, training } from './lib/events.ts'
import { html, useEffect, type VNode } from './lib/html.ts'
import { loadMe } from './lib/me.ts'
import { place } from './lib/place.ts'
import { isTrainingHere } from './lib/train.ts'
import { formatPercent, words } from './lib/words.ts'
import { toast } from './ui/toast.ts'

/** A training of this dataset, whoever started it and from where. What this page started it shows in its own place, as the model's page does. */
export function TrainingLine(): VNode | null {
  const { shell } = words()
  const status = training.value
  const isShown = isTrainingHere.value || place.value.page === 'model'
  useEffect(() => {
    if (isShown) return
    if (status?.state === 'failed') toast(shell.training.failed, { tone: 'bad' })
    if (status?.state !== 'done') return
    toast(shell.training.done, { tone: 'good' })
    void loadMe().catch(() => {})
  }, [status])
  if (status?.state !== 'running' || isShown) return null
  const share = shareOf(status)
  return html`<div class="training-line" role="status">
    <progress max="1" value=${share} aria-label=${shell.training.running}></progress>
    <span>${shell.training.running}${share !== undefined && ` · ${formatPercent(share)}`}</span>
  </div>`
}
