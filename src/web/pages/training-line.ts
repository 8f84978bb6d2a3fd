import { training } from './lib/events.ts'
import { html, useEffect, type VNode } from './lib/html.ts'
import { loadMe } from './lib/me.ts'
import { formatPercent, words } from './lib/words.ts'
import { toast } from './ui/toast.ts'

/** A training of this dataset, whoever started it and from where. */
export function TrainingLine(): VNode | null {
  const { shell } = words()
  const told = training.value
  const state = told?.state
  useEffect(() => {
    if (state === 'failed') toast(shell.training.failed, { tone: 'bad' })
    if (state === 'done') {
      toast(shell.training.done, { tone: 'good' })
      void loadMe().catch(() => {})
    }
  }, [told])
  if (state !== 'waiting' && state !== 'running') return null
  const share = told?.progress
  return html`<div class="training-line" role="status">
    <progress max="1" value=${share} aria-label=${shell.training[state]}></progress>
    <span>${shell.training[state]}${share !== undefined && ` · ${formatPercent(share)}`}</span>
  </div>`
}
