import type { Results } from '../../../commands/results.ts'
import type { PageResult } from '../lib/api.ts'
import { shareOf, training as told } from '../lib/events.ts'
import { html, useEffect, useRef, useState, type VNode } from '../lib/html.ts'
import { isTrainingHere, train } from '../lib/train.ts'
import { formatPercent, words } from '../lib/words.ts'
import { AnswerCard } from '../ui/answer-card.ts'
import { Button } from '../ui/button.ts'
import { sayError } from '../ui/say-error.ts'
import type { Version } from './data.ts'
import { sayWhy } from './say-why.ts'

/** `before`: the latest version when it was first heard of. */
type Outcome = { results: PageResult[] } | { error: unknown } | { before: number }
type TrainingHere = { isStarting: boolean; outcome: Outcome | undefined; start(): void; close(): void }

/** Trainings of this dataset, whoever started them, and what came of the last one. @param onEnd called after each */
export function useTraining(latest: number | undefined, onEnd: () => void): TrainingHere {
  const before = useRef<number | undefined>(undefined)
  const [isStarting, setStarting] = useState(false)
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined)
  const status = told.value
  useEffect(() => {
    if (status?.state === 'running') {
      before.current ??= latest
      setOutcome(undefined)
      return
    }
    // What was started here tells more itself. Where the end was missed, the connection was lost.
    if (before.current !== undefined && !isTrainingHere.value) setOutcome({ before: before.current })
    before.current = undefined
    if (status?.state === 'done') onEnd()
  }, [status, latest === undefined])
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
export function TrainingPanel({
  training,
  versions,
}: {
  training: TrainingHere
  versions: readonly Version[]
}): VNode | null {
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
      ${outcome.results.map((result) => html`<${Trained} key=${result.key} result=${result} />`)}
      <div class="actions">${closing}</div>
    </section>`
  const made = versions.findLast(({ version }) => version > outcome.before)
  return html`<section class=${`card answer ${made?.current ? 'tone-success' : 'tone-warning'}`} role="status">
    <div>
      <h2>${made ? w.finished(made.version) : w.nothingNew}</h2>
      ${made && html`<p>${made.accuracy !== null && html`<strong>${formatPercent(made.accuracy, 1)}</strong> · `}${sayWhy(made)}</p>`}
    </div>
    <div class="actions">${closing}</div>
  </section>`
}

/** What came of it; the figures are those of the page. */
function Trained({ result }: { result: PageResult }): VNode {
  const { comparison: w } = words().model
  const { improved = [], worsened = [] } = result.values as Partial<Results['trained']>
  const brief = { ...result, answer: { ...result.answer, sections: [] } }
  const list = (tone: string, changes: typeof improved, title: string): VNode =>
    html`<p key=${tone}><strong class=${tone}>${title}</strong> <bdi>${changes
      .map(({ label, from, to }) => `${label} ${formatPercent(from)} → ${formatPercent(to)}`)
      .join(', ')}</bdi></p>`
  return html`<div class="stack">
    <${AnswerCard} result=${brief} />
    ${improved.length > 0 && list('better', improved, w.better(improved.length))}
    ${worsened.length > 0 && list('worse', worsened, w.worse(worsened.length))}
  </div>`
}

function sayStep(): string {
  const { training: w } = words().model
  const status = told.value
  if (status?.state !== 'running') return w.starting
  const { done, total, of } = status.progress
  if (of === 'pictures') return w.pictures(done, total)
  return of === 'percent' ? w.percent(total ? done / total : 0) : w.mebibytes(done)
}
