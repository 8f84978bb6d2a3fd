import { html, useState, type VNode } from '../lib/html.ts'
import { datasetHere, may } from '../lib/me.ts'
import { train } from '../lib/train.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { Empty } from '../ui/states.ts'
import { toastError } from '../ui/toast.ts'

/** There may be pictures, but nothing was learned from them. */
export function NotTrained(): VNode {
  const { try: w } = words()
  const [isBusy, setBusy] = useState(false)
  const { labels = 0, examples = 0 } = datasetHere() ?? {}
  const learn = async (): Promise<void> => {
    setBusy(true)
    try {
      await train()
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
    }
  }
  const text = examples > 0 ? w.notTrainedText(labels, examples) : w.notTrainedTextMember
  return html`<${Empty} icon="sparkle" title=${w.notTrained} text=${text}>
    ${examples > 0 && may('trainer') && html`<${Button} kind="primary" busy=${isBusy} onClick=${learn}>${isBusy ? w.training : w.train}<//>`}
  <//>`
}
