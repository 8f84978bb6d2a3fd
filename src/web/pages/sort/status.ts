import { isPassing } from '../add/patience.ts'
import { html, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { confirm } from '../ui/dialog.ts'
import { Icon } from '../ui/icon.ts'
import { ErrorState, Progress } from '../ui/states.ts'
import { askAgain, hindrance, leftOut } from './ask.ts'
import { startAgain, tally } from './decide.ts'
import { pile, undecided } from './pile.ts'

/** How far it is, and what stands in the way. */
export function Status(): VNode {
  const { sort: w } = words()
  const all = pile.value
  const waiting = all.filter(({ state }) => state === 'waiting').length
  const left = undecided(all).length
  const { stored, known } = tally.value
  const problem = hindrance.value
  const about = [
    left > 0 && w.undecided(left),
    stored + known > 0 && w.summary(stored, known),
    leftOut.value > 0 && w.leftOut(leftOut.value),
  ]
  const clear = async (): Promise<void> => {
    const question = { title: w.clearTitle(left), text: w.clearText, action: w.clearPile, danger: true }
    if (left === 0 || (await confirm(question))) startAgain()
  }
  return html`<section class="sort-status" aria-label=${w.looking}>
    ${waiting > 0 && html`<${Progress} done=${all.length - waiting} total=${all.length} label=${w.looking} />`}
    ${problem && isPassing(problem) && html`<p class="files-wait" role="alert"><${Icon} name="offline" />${problem.status === 0 ? w.waits : w.waitsBusy}</p>`}
    ${problem && !isPassing(problem) && html`<${ErrorState} error=${problem} retry=${askAgain} />`}
    <div class="sort-status-line">
      <p role="status">${about.filter(Boolean).join(' · ')}</p>
      ${left > 0 && html`<${Button} kind="quiet" size="small" icon="close" onClick=${clear}>${w.clearPile}<//>`}
    </div>
  </section>`
}
