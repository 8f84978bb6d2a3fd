import { type PageResult, type ProgressEvent, run } from '../../lib/api.ts'
import { blobOf } from '../../lib/files.ts'
import { html, useEffect, useState, type VNode } from '../../lib/html.ts'
import { loadMe } from '../../lib/me.ts'
import { words } from '../../lib/words.ts'
import { Button } from '../../ui/button.ts'
import { ErrorState, Progress } from '../../ui/states.ts'
import { toast, toastError } from '../../ui/toast.ts'

/** `strip`: addresses of those that are taught. `questions`: pictures that are not. */
export type Samples = { strip: string[]; questions: { name: string; file: Blob }[]; remove(): Promise<void> }

const toSamples = ({ strip, gallery, choices }: PageResult): Samples => ({
  strip,
  questions: gallery.map(({ src, caption }) => ({ name: caption, file: blobOf(src) })),
  async remove() {
    const undo = choices.find(({ key }) => key === 'undo')
    try {
      if (undo) await run(undo.command, undo.options)
      await loadMe()
      toast(words().try.guide.removed)
    } catch (error) {
      toastError(error)
    }
  },
})

type SamplesAddingProps = { onAdded: (samples: Samples) => void; onBack: () => void }

/** Adds the samples as soon as it is drawn. */
export function SamplesAdding({ onAdded, onBack }: SamplesAddingProps): VNode {
  const { try: w } = words()
  const [progress, setProgress] = useState<ProgressEvent | undefined>(undefined)
  const [error, setError] = useState<unknown>(undefined)
  useEffect(() => {
    run('add-samples', {}, { onProgress: setProgress }).then(
      ([result]) => result && onAdded(toSamples(result)),
      setError,
    )
  }, [])
  if (error !== undefined)
    return html`<div class="stack">
      <${ErrorState} error=${error} />
      <div class="actions center"><${Button} onClick=${onBack}>${w.guide.back}<//></div>
    </div>`
  return html`<div class="card"><${Progress} done=${progress?.done ?? 0} total=${progress?.total} label=${w.guide.addingSamples} /></div>`
}
