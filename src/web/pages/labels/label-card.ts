import { fetchBytes, type PageResult, run } from '../lib/api.ts'
import { html, useRef, useState, type VNode } from '../lib/html.ts'
import { may } from '../lib/me.ts'
import { hrefOf } from '../lib/place.ts'
import { useInView } from '../lib/use-in-view.ts'
import { words } from '../lib/words.ts'
import { AnswerCard } from '../ui/answer-card.ts'
import { Button } from '../ui/button.ts'
import { Dialog } from '../ui/dialog.ts'
import { LabelPicker, type LabelRow } from '../ui/label-picker.ts'
import { Picture } from '../ui/picture.ts'
import { toastError } from '../ui/toast.ts'
import { RenameDialog } from './rename-dialog.ts'
import { sayDone } from './say-done.ts'

/** Pictures that show what a label is. */
const SAMPLES = 4
/** With fewer, a label is hard to learn. */
const FEW = 5

type CardProps = { row: LabelRow; onChanged: () => void }
type Step = 'rename' | 'merge' | PageResult | undefined

/** One label: some of its pictures, and what can be done with it. */
export function LabelCard({ row: { label, examples }, onChanged }: CardProps): VNode {
  const { labels: w } = words()
  const element = useRef<HTMLLIElement>(null)
  const samples = useSamples(element, label, examples)
  const [step, setStep] = useState<Step>(undefined)
  const close = (): void => setStep(undefined)
  const change = async (options: Record<string, string>): Promise<void> => {
    try {
      const [result] = await run('labels', options)
      // What asks first is answered in a dialog.
      if (result?.key.endsWith('Ask')) setStep(result)
      else finish(result ? [result] : [])
    } catch (error) {
      toastError(error)
    }
  }
  const finish = (results: PageResult[]): void => {
    close()
    sayDone(results, onChanged)
    onChanged()
  }
  return html`<li class="label-card" ref=${element}>
    <a data-page class="label-samples" href=${hrefOf('gallery', { label })} tabindex="-1" aria-hidden="true">
      ${Array.from({ length: SAMPLES }, (_, i) => (samples[i] === undefined ? html`<span key=${i} class="picture"></span>` : html`<${Picture} key=${i} example=${samples[i]} size=${160} alt="" />`))}
    </a>
    <div class="label-facts">
      <h2><a data-page href=${hrefOf('gallery', { label })}><bdi>${label}</bdi></a></h2>
      <p class="quiet">${w.pictures(examples)}${examples < FEW && html` · <span class="few">${w.few}</span>`}</p>
    </div>
    ${
      may('teacher') &&
      html`<div class="label-actions" role="group" aria-label=${w.actions(label)}>
        <${Button} size="small" onClick=${() => setStep('rename')}>${w.rename}<//>
        <${Button} size="small" onClick=${() => setStep('merge')}>${w.merge}<//>
        <${Button} size="small" kind="danger" onClick=${() => change({ action: 'delete', label })}>${w.delete}<//>
      </div>`
    }
    ${step === 'rename' && html`<${RenameDialog} label=${label} onClose=${close} onRename=${(to: string) => change({ action: 'rename', label, to })} />`}
    ${step === 'merge' && html`<${LabelPicker} title=${w.mergeTitle(label)} without=${[label]} allowNew=${false} onClose=${close} onPick=${(to: string) => change({ action: 'merge', label, to })} />`}
    ${typeof step === 'object' && html`<${Dialog} title=${label} onClose=${close}><${AnswerCard} result=${step} onResult=${finish} /><//>`}
  </li>`
}

/** Ids of the newest pictures, once the label comes into view. */
function useSamples(element: { current: Element | null }, label: string, examples: number): readonly number[] {
  const [samples, setSamples] = useState<readonly number[]>([])
  useInView(element, () => {
    const controller = new AbortController()
    const query = new URLSearchParams({ label, sort: 'newest' })
    fetchBytes(`gallery/ids?${query}`, { signal: controller.signal })
      .then((bytes) => setSamples([...new Uint32Array(bytes).slice(0, SAMPLES)]))
      // Without pictures a label is still there.
      .catch(() => {})
    return () => controller.abort()
  }, [label, examples])
  return samples
}
