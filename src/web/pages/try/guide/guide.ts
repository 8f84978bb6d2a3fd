import { html, useState, type VNode } from '../../lib/html.ts'
import { hrefOf } from '../../lib/place.ts'
import { words } from '../../lib/words.ts'
import { Button, LinkButton } from '../../ui/button.ts'
import { clearAsked } from '../asked.ts'
import { Asking } from '../asking.ts'
import { Learning } from './learning.ts'
import { OwnPictures } from './own-pictures.ts'
import { type Samples, SamplesAdding } from './samples.ts'
import { Start } from './start.ts'
import { Steps } from './steps.ts'

type Stage = { at: 'start' | 'own' | 'samples' } | { at: 'learning' | 'ask'; samples?: Samples }
const STEP_OF: Record<Stage['at'], number> = { start: 0, own: 0, samples: 0, learning: 1, ask: 2 }

/** The first minute: two labels, five pictures of each, trained, and asked about one that was not taught. */
export default function Guide({ onDone }: { onDone: () => void }): VNode {
  const { guide } = words().try
  const [stage, setStage] = useState<Stage>({ at: 'start' })
  const learn = (samples?: Samples): void => setStage(samples ? { at: 'learning', samples } : { at: 'learning' })
  const startOver = (): void => {
    clearAsked()
    setStage({ at: 'start' })
  }
  return html`<div class="page guide">
    <header class="guide-head">
      <h1>${guide.title}</h1>
      <p class="quiet">${guide.intro}</p>
      <${Steps} current=${STEP_OF[stage.at]} />
    </header>
    ${stage.at === 'start' && html`<${Start} onSamples=${() => setStage({ at: 'samples' })} onOwn=${() => setStage({ at: 'own' })} />`}
    ${stage.at === 'samples' && html`<${SamplesAdding} onAdded=${learn} onBack=${startOver} />`}
    ${stage.at === 'own' && html`<${OwnPictures} onReady=${() => learn()} onBack=${startOver} />`}
    ${stage.at === 'learning' && html`<${Learning} samples=${stage.samples} onLearned=${() => setStage({ ...stage, at: 'ask' })} />`}
    ${stage.at === 'ask' && html`<${AskStage} samples=${stage.samples} onDone=${onDone} onRemoved=${startOver} />`}
  </div>`
}

type AskStageProps = { samples?: Samples | undefined; onDone: () => void; onRemoved: () => void }

function AskStage({ samples, onDone, onRemoved }: AskStageProps): VNode {
  const { guide } = words().try
  return html`<div class="stack">
    <p class="guide-note" role="status">${samples ? guide.learnedSamples : guide.learned}</p>
    <${Asking} />
    <div class="actions center">
      ${samples && html`<${Button} icon="undo" onClick=${() => samples.remove().then(onRemoved)}>${guide.removeSamples}<//>`}
      <${LinkButton} href=${hrefOf('add')} icon="add">${guide.next}<//>
      <${Button} kind="quiet" onClick=${onDone}>${guide.finish}<//>
    </div>
  </div>`
}
