import { html, useState, type VNode } from '../lib/html.ts'
import { datasetHere, may } from '../lib/me.ts'
import { hrefOf } from '../lib/place.ts'
import { train } from '../lib/train.ts'
import { words } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/button.ts'
import { Empty } from '../ui/states.ts'
import { toastError } from '../ui/toast.ts'

/** Nothing is left to review, or there never was anything: why, and what to do next. @param done decisions since the page was opened */
export function NothingLeft({ done, onUndo }: { done: number; onUndo: () => void }): VNode {
  const { review: w } = words()
  const { labels = 0, examples = 0, version = null } = datasetHere() ?? {}
  const add = may('teacher') && html`<${LinkButton} kind="primary" icon="add" href=${hrefOf('add')}>${w.add}<//>`
  const gallery = html`<${LinkButton} href=${hrefOf('gallery')}>${w.gallery}<//>`
  if (examples === 0) return html`<${Empty} icon="review" title=${w.notTrained} text=${w.empty}>${add}<//>`
  if (labels < 2) return html`<${Empty} icon="review" title=${w.notTrained} text=${w.oneLabel}>${add}<//>`
  if (version === null)
    return html`<${Empty} icon="review" title=${w.notTrained} text=${w.notTrainedText}>
      ${may('trainer') && html`<${LinkButton} kind="primary" icon="model" href=${hrefOf('model')}>${w.model}<//>`}
    <//>`
  if (done === 0) return html`<${Empty} icon="check" title=${w.nothing} text=${w.nothingText}>${gallery}<//>`
  return html`<${Empty} icon="check" title=${w.done} text=${may('trainer') ? w.doneNow(done) : w.doneText}>
    ${may('trainer') && html`<${TrainAgain} />`}
    <${Button} icon="undo" onClick=${onUndo}>${w.undo} <kbd aria-hidden="true">Z</kbd><//>
  <//>`
}

function TrainAgain(): VNode {
  const [isBusy, setBusy] = useState(false)
  const learn = async (): Promise<void> => {
    setBusy(true)
    await train().catch(toastError)
    setBusy(false)
  }
  return html`<${Button} kind="primary" icon="sparkle" busy=${isBusy} onClick=${learn}>${words().review.train}<//>`
}
