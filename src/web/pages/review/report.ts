import { type PageResult, run } from '../lib/api.ts'
import { html, useState, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { AnswerCard } from '../ui/answer-card.ts'
import { Button } from '../ui/button.ts'
import { Dialog } from '../ui/dialog.ts'
import { toastError } from '../ui/toast.ts'

/** One page about the whole dataset, to be kept or handed on. */
export function ReportButton(): VNode {
  const { review: w } = words()
  const [isBusy, setBusy] = useState(false)
  const [results, setResults] = useState<PageResult[] | undefined>(undefined)
  const write = async (): Promise<void> => {
    setBusy(true)
    try {
      setResults(await run('report'))
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
    }
  }
  return html`<span class="report">
    <${Button} kind="quiet" icon="download" busy=${isBusy} onClick=${write}>${w.report}<//>
    ${
      results &&
      html`<${Dialog} title=${w.report} wide onClose=${() => setResults(undefined)}>
        ${results.map((result) => html`<${AnswerCard} key=${result.key} result=${result} plain />`)}
      <//>`
    }
  </span>`
}
