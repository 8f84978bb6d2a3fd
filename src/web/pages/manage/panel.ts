import { type OptionValues, type PageResult, type ProgressEvent, run } from '../lib/api.ts'
import { html, useState, type VNode, type WithChildren } from '../lib/html.ts'
import { AnswerCard } from '../ui/answer-card.ts'
import { Progress } from '../ui/states.ts'
import { toastError } from '../ui/toast.ts'

type PanelProps = WithChildren & { title: string; text?: string | undefined }

/** One matter: what it is, and what can be done about it. */
export const Panel = ({ title, text, children }: PanelProps): VNode =>
  html`<section class="card panel">
    <header>
      <h2>${title}</h2>
      ${text && html`<p class="quiet">${text}</p>`}
    </header>
    ${children}
  </section>`

/** A command that is run from a form: whether it runs, how far it is, and what came of it. */
export function useCommand() {
  const [results, setResults] = useState<readonly PageResult[]>([])
  const [isBusy, setBusy] = useState(false)
  const [progress, setProgress] = useState<ProgressEvent | undefined>(undefined)
  async function start(command: string, options: OptionValues): Promise<readonly PageResult[]> {
    setBusy(true)
    setProgress(undefined)
    try {
      const came = await run(command, options, { onProgress: setProgress })
      setResults(came)
      return came
    } catch (error) {
      toastError(error)
      return []
    } finally {
      setBusy(false)
    }
  }
  const shown = html`<div class="stack" aria-live="polite">
    ${isBusy && progress && html`<${Progress} ...${progress} />`}
    ${results.map((result, i) => html`<${AnswerCard} key=${`${i} ${result.key}`} result=${result} />`)}
  </div>`
  return { start, isBusy, results, shown, clear: () => setResults([]) }
}
