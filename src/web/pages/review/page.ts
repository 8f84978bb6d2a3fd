import { onRevision } from '../lib/events.ts'
import { html, useEffect, useMemo, useState, type VNode } from '../lib/html.ts'
import { useShortcuts } from '../lib/keys.ts'
import { loadMe, may } from '../lib/me.ts'
import { remember, remembered } from '../lib/storage.ts'
import { loadStyle } from '../lib/style.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { PageHead } from '../ui/page-head.ts'
import { Empty, ErrorState, Loading } from '../ui/states.ts'
import { Group } from './group.ts'
import { NothingLeft } from './nothing-left.ts'
import { preloadPictures } from './preload.ts'
import { type Done, openQueue, type ReviewQueue } from './queue.ts'
import { ReportButton } from './report.ts'
import { Single } from './single.ts'

await loadStyle(new URL('./review.css', import.meta.url).href)

/** Milliseconds in which changes that come together are read together. */
const SETTLE_MS = 400

export default function Page(): VNode {
  const { review: w } = words()
  const [isGrouped, setGrouped] = useState(remembered('review.grouped') === 'yes')
  const review = useMemo(() => openQueue(isGrouped), [isGrouped])
  useEffect(() => void review.load(), [review])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = onRevision(() => {
      clearTimeout(timer)
      timer = setTimeout(() => void Promise.all([review.refresh(), loadMe()]).catch(() => {}), SETTLE_MS)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [review])
  useEffect(() => {
    // Decisions that are on their way are not lost without a question.
    const leave = (event: Event): void => {
      if (review.waiting.value > 0) event.preventDefault()
    }
    addEventListener('beforeunload', leave)
    return () => removeEventListener('beforeunload', leave)
  }, [review])
  const view = (grouped: boolean): void => {
    remember('review.grouped', grouped ? 'yes' : 'no')
    setGrouped(grouped)
  }
  const queue = review.queue.value
  const left = queue?.left ?? 0
  return html`<div class="page review">
    <${PageHead} title=${w.title} text=${queue && left > 0 ? w.left(left) : w.intro}>
      <div class="row" role="group" aria-label=${w.views.label}>
        <${Button} aria-pressed=${isGrouped ? 'false' : 'true'} onClick=${() => view(false)}>${w.views.single}<//>
        <${Button} aria-pressed=${isGrouped ? 'true' : 'false'} onClick=${() => view(true)}>${w.views.grouped}<//>
      </div>
    <//>
    ${
      queue &&
      left + queue.done > 0 &&
      html`<progress max=${left + queue.done} value=${queue.done} aria-label=${w.progress(queue.done, left + queue.done)}></progress>`
    }
    <${Current} review=${review} isGrouped=${isGrouped} onView=${() => view(!isGrouped)} />
    <div class="review-foot">
      <p class="last-decision" role="status">${say(review.last.value)}</p>
      ${may('manager') && left > 0 && html`<${ReportButton} />`}
    </div>
  </div>`
}

type CurrentProps = { review: ReviewQueue; isGrouped: boolean; onView: () => void }

function Current({ review, isGrouped, onView }: CurrentProps): VNode {
  const { queue, error } = review
  const suspects = queue.value?.suspects ?? []
  useEffect(() => preloadPictures(queue.value?.suspects ?? [], queue.value?.typical), [queue.value])
  if (error.value !== undefined) return html`<${ErrorState} error=${error.value} retry=${review.load} />`
  if (!queue.value) return html`<${Loading} kind="pictures" count=${isGrouped ? 9 : 2} />`
  const [first] = suspects
  if (!first) {
    // The keys are faster than the server.
    if (review.waiting.value > 0) return html`<${Loading} kind="pictures" count=${2} />`
    const elsewhere = queue.value.left + queue.value.skipped
    if (elsewhere > 0) return html`<${Elsewhere} review=${review} left=${elsewhere} />`
    return html`<${Finished} review=${review} done=${queue.value.done} />`
  }
  if (!isGrouped) return html`<${Single} review=${review} suspect=${first} onView=${onView} />`
  const group = suspects.filter(({ suggested }) => suggested === first.suggested)
  return html`<${Group} review=${review} suspects=${group} onView=${onView} />`
}

function Elsewhere({ review, left }: { review: ReviewQueue; left: number }): VNode {
  const { review: w } = words()
  useShortcuts(w.keys.title, [{ key: 'z', says: w.keys.undo, run: () => void review.undo() }])
  return html`<${Empty} icon="review" title=${w.elsewhere} text=${w.elsewhereText(left)}>
    <${Button} onClick=${review.load}>${w.lookAgain}<//>
    <${Button} kind="quiet" icon="undo" onClick=${review.undo}>${w.undo}<//>
  <//>`
}

function Finished({ review, done }: { review: ReviewQueue; done: number }): VNode {
  const { review: w } = words()
  useShortcuts(w.keys.title, [{ key: 'z', says: w.keys.undo, run: () => void review.undo() }])
  return html`<${NothingLeft} done=${done} onUndo=${review.undo} />`
}

function say(done: Done | undefined): string {
  const { did } = words().review
  if (!done) return ''
  const { decision, pictures, label = '', waits } = done
  if (waits) return did.waits
  return decision === 'undo' ? did.undo : did[decision](pictures, label)
}
