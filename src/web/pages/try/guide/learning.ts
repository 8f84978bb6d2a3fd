import type { ProgressEvent } from '../../lib/api.ts'
import { training } from '../../lib/events.ts'
import { html, useEffect, useState, type VNode } from '../../lib/html.ts'
import { loadMe, may } from '../../lib/me.ts'
import { train } from '../../lib/train.ts'
import { words } from '../../lib/words.ts'
import { Shown } from '../../ui/picture.ts'
import { ErrorState, Progress } from '../../ui/states.ts'
import { ask, clearAsked } from '../asked.ts'
import type { Samples } from './samples.ts'

type LearningProps = { samples?: Samples | undefined; onLearned: () => void }

/** Trains, or waits until somebody or the program itself has. */
export function Learning({ samples, onLearned }: LearningProps): VNode {
  const { guide } = words().try
  const [progress, setProgress] = useState<ProgressEvent | undefined>(undefined)
  const [error, setError] = useState<unknown>(undefined)
  const [attempt, setAttempt] = useState(0)
  const mayTrain = may('trainer')
  const finish = (): void => {
    clearAsked()
    if (samples) ask(samples.questions)
    onLearned()
  }
  useEffect(() => {
    setError(undefined)
    if (mayTrain) train(setProgress).then(finish).catch(setError)
  }, [attempt])
  const state = training.value?.state
  useEffect(() => {
    if (!mayTrain && state === 'done') loadMe().then(finish, setError)
  }, [state])
  if (error !== undefined) return html`<${ErrorState} error=${error} retry=${() => setAttempt(attempt + 1)} />`
  return html`<div class="card learning">
    ${samples && html`<div class="strip">${samples.strip.map((src, i) => html`<${Shown} key=${i} src=${src} alt="" />`)}</div>`}
    <${Progress} done=${progress?.done ?? 0} total=${progress?.total} of=${progress?.of} label=${guide.learning} />
    <p class="quiet">${mayTrain ? guide.learningText : guide.waiting}</p>
  </div>`
}
