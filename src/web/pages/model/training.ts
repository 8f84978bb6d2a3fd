import type { PageResult } from '../lib/api.ts'
import { shareOf, training as told } from '../lib/events.ts'
import { html, useEffect, useState, type VNode } from '../lib/html.ts'
import { isTrainingHere, train } from '../lib/train.ts'
import { formatPercent, words } from '../lib/words.ts'
import { AnswerCard } from '../ui/answer-card.ts'
import { Button } from '../ui/button.ts'
import { sayError } from '../ui/say-error.ts'

type Outcome = { results: PageResult[] } | { error: unknown } | { version: number | undefined }
type TrainingHere = { isStarting: boolean; outcome: Outcome | undefined; start(): void; close(): void }

/** Trainings of this dataset, whoever started them, and what came of the last one. @param onEnd called after each */
export function useTraining(onEnd: () => void): TrainingHere {
  const [isStarting, setStarting] = useState(false)
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined)
  const status = told.value
  useEffect(() => {
    if (status?.state === 'running') setOutcome(undefined)
    if (status?.state !== 'done') return
    // What was started here tells more itself.
    if (!isTrainingHere.value) setOutcome({ version: status.version })
    onEnd()
  }, [status])
  const start = async (): Promise<void> => {
    setOutcome(undefined)
    setStarting(true)
    try {
      setOutcome({ results: await train() })
    } catch (error) {
      setOutcome({ error })
    } finally {
      setStarting(false)
      onEnd()
    }
  }
  return { isStarting, outcome, start: () => void start(), close: () => setOutcome(undefined) }
}

const isRunning = ({ isStarting }: TrainingHere): boolean => isStarting || told.value?.state === 'running'

export const TrainButton = ({ training, label }: { training: TrainingHere; label: string }): VNode =>
  html`<${Button} kind="primary" icon="sparkle" busy=${isRunning(training)} onClick=${training.start}>${label}<//>`

/** How far a training is, and then in words what came of it. */
export function TrainingPanel({ training }: { training: TrainingHere }): VNode | null {
  const { model } = words()
  const w = model.training
  const { outcome, close } = training
  const closing = html`<${Button} kind="quiet" icon="close" onClick=${close}>${w.close}<//>`
  if (isRunning(training)) {
    const share = shareOf(told.value)
    return html`<section class="card training-panel" aria-label=${w.title}>
      <div class="row spread"><h2>${w.title}</h2>${share !== undefined && html`<strong>${formatPercent(share)}</strong>`}</div>
      <progress max="1" value=${share} aria-label=${w.title}></progress>
      <p role="status">${sayStep()}</p>
      <p class="quiet">${training.isStarting ? w.here : w.elsewhere}</p>
    </section>`
  }
  if (!outcome) return null
  if ('error' in outcome) {
    const { title, text } = sayError(outcome.error)
    return html`<section class="card answer tone-error" role="alert">
      <div><h2>${w.failed}</h2><p>${title}</p>${text && html`<p class="quiet">${text}</p>`}</div>
      <div class="actions">${closing}</div>
    </section>`
  }
  if ('results' in outcome)
    return html`<section class="stack" role="status">
      ${outcome.results.map((result) => html`<${AnswerCard} key=${result.key} result=${result} />`)}
      <div class="actions">${closing}</div>
    </section>`
  return html`<section class="card answer tone-success" role="status">
    <h2>${outcome.version === undefined ? w.nothingNew : w.finished(outcome.version)}</h2>
    <div class="actions">${closing}</div>
  </section>`
}

function sayStep(): string {
  const { training: w } = words().model
  const status = told.value
  if (status?.state !== 'running') return w.starting
  const { done, total, of } = status.progress
  if (of === 'pictures') return w.pictures(done, total)
  return of === 'percent' ? w.percent(total ? done / total : 0) : w.mebibytes(done)
}
