import { html, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { Icon } from '../ui/icon.ts'
import { Progress } from '../ui/states.ts'
import { Counts } from './counts.ts'
import { pause, type Running, stop } from './job.ts'
import { doneOf } from './tally.ts'

/** How far it is, how fast it goes, and how to pause it. */
export function ProgressView({ running }: { running: Running }): VNode {
  const { add } = words()
  const { tally, total, skipped, pace, isPaused, waitsFor } = running
  const about = !isPaused && pace && [add.pace(pace.perSecond), add.left(pace.secondsLeft)].join(' · ')
  return html`<section class="card add-progress" aria-label=${add.running}>
    <div class="add-progress-head">
      <h2>${isPaused ? add.paused : add.running}</h2>
      <p class="quiet">${about || ''}</p>
    </div>
    <${Progress} done=${doneOf(tally)} total=${total} label=${add.progress} />
    ${
      waitsFor &&
      html`<p class="files-wait" role="alert"><${Icon} name="offline" />${waitsFor.status === 0 ? add.waits : add.waitsBusy}</p>`
    }
    <${Counts} tally=${tally} skipped=${skipped} />
    <div class="actions">
      <${Button} icon=${isPaused ? 'play' : 'pause'} onClick=${() => pause(!isPaused)}>${isPaused ? add.resume : add.pause}<//>
      <${Button} kind="quiet" icon="close" onClick=${stop}>${add.stop}<//>
    </div>
    <p class="quiet add-note">${add.goesOn}</p>
  </section>`
}
