import { isAborted, run } from '../lib/api.ts'
import { html, useState, type VNode } from '../lib/html.ts'
import { loadMe } from '../lib/me.ts'
import { hrefOf } from '../lib/place.ts'
import { formatNumber, words } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/button.ts'
import { confirm } from '../ui/dialog.ts'
import { sayError } from '../ui/say-error.ts'
import { toast, toastError } from '../ui/toast.ts'
import { Counts } from './counts.ts'
import { finish, forgetSaved, type Job } from './job.ts'
import { doneOf, type Refused, refusedAsCsv } from './tally.ts'

/** Ids that are taken back in one request. */
const UNDONE_AT_ONCE = 5_000
/** Refused files that are shown; the list has all of them. */
const SHOWN = 20

type Done = Extract<Job, { state: 'done' }>

/** What became of everything, what was refused and why, and where to go from here. */
export function Summary({ done }: { done: Done }): VNode {
  const { add } = words()
  const { tally, total, skipped, error } = done
  const [isBusy, setBusy] = useState(false)
  const left = total - doneOf(tally)
  const takeBack = async (): Promise<void> => {
    const n = tally.examples.length
    if (!(await confirm({ title: add.undoTitle(n), text: add.undoText, action: add.undo, danger: true }))) return
    setBusy(true)
    try {
      for (let i = 0; i < n; i += UNDONE_AT_ONCE)
        await run('undo', { examples: tally.examples.slice(i, i + UNDONE_AT_ONCE).join(',') })
      toast(add.undone(n))
      await forgetSaved()
      await loadMe()
    } catch (thrown) {
      toastError(thrown)
    } finally {
      setBusy(false)
    }
  }
  return html`<section class=${`card add-summary answer tone-${error === undefined ? 'success' : 'warning'}`} aria-label=${add.done}>
    <div>
      <h2>${error === undefined ? add.done : add.stopped}</h2>
      <p role="status">${error !== undefined && !isAborted(error) && `${sayError(error).title} `}${left > 0 ? add.stoppedText(left) : add.doneSummary(tally.added)}</p>
    </div>
    <${Counts} tally=${tally} skipped=${skipped} />
    ${tally.refused.length > 0 && html`<${RefusedList} refused=${tally.refused} />`}
    <div class="actions">
      <${Button} kind="primary" icon=${left > 0 ? 'play' : 'add'} onClick=${finish}>${left > 0 ? add.goOn : add.addMore}<//>
      <${LinkButton} icon="gallery" href=${hrefOf('gallery', { sort: 'newest' })}>${add.toGallery}<//>
      ${tally.examples.length > 0 && html`<${Button} kind="quiet" icon="undo" busy=${isBusy} onClick=${takeBack}>${add.undo}<//>`}
    </div>
  </section>`
}

function RefusedList({ refused }: { refused: readonly Refused[] }): VNode {
  const { add } = words()
  const download = (): void => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(refusedAsCsv(refused, add.listHeads))
    link.download = add.listName
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href))
  }
  const more = refused.length - SHOWN
  return html`<section class="add-refused">
    <h3>${add.refusedTitle(refused.length)}</h3>
    <ul class="refused-files">${refused
      .slice(0, SHOWN)
      .map(
        ({ path, message }) => html`<li key=${path}><bdi>${path}</bdi><span class="quiet">${message}</span></li>`,
      )}</ul>
    ${more > 0 && html`<p class="quiet">${add.refusedMore(more)}</p>`}
    <div class="actions"><${Button} size="small" icon="download" onClick=${download}>${add.download}${more > 0 ? ` (${formatNumber(refused.length)})` : ''}<//></div>
  </section>`
}
