import { html, useEffect, useRef, useState, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { LabelPicker } from '../ui/label-picker.ts'
import { Picture } from '../ui/picture.ts'
import { DecisionBar, Likely } from './decision-bar.ts'
import type { Decision, ReviewQueue, Suspect } from './queue.ts'
import { sayReasons } from './reasons.ts'
import { Typical } from './typical.ts'
import { useDecisionKeys } from './use-decision-keys.ts'

type SingleProps = { review: ReviewQueue; suspect: Suspect; onView: () => void }

/** One suspect beside what its label, and the one that fits better, usually look like. */
export function Single({ review, suspect, onView }: SingleProps): VNode {
  const { review: w } = words()
  const [picks, setPicks] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const { example, label, suggested, likely, votes, leftOut, file } = suspect
  const { agreement = 1, typical } = review.queue.value ?? {}
  // A reader of screens hears of the next one, and no button keeps the keys.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [example])
  const decide = (decision: Decision): void => {
    if (decision !== 'move') void review.decide(decision, [suspect])
    else if (suggested !== null) void review.decide('move', [suspect], suggested)
    else setPicks(true)
  }
  const moveTo = (to: string): void => {
    setPicks(false)
    void review.decide('move', [suspect], to)
  }
  useDecisionKeys({
    onDecide: decide,
    onLabel: moveTo,
    onOther: () => setPicks(true),
    onUndo: review.undo,
    onView,
    likely,
  })
  const says = {
    keep: w.keep,
    exclude: w.exclude,
    skip: w.skip,
    ...(suggested !== null && { move: w.moveTo(suggested) }),
  }
  return html`<article class="suspect" data-example=${example}>
    <${Picture} example=${example} size=${512} alt=${w.picture(label)} class="suspect-picture" />
    <div class="suspect-text">
      <h2 tabindex="-1" ref=${heading}><bdi>${w.question(label)}</bdi></h2>
      <div class="reasons">
        ${sayReasons(suspect).map((reason) => html`<p key=${reason}>${reason}</p>`)}
        ${votes > 0 && html`<p class="note">${w.votes(votes)}</p>`}
        ${votes === 0 && agreement > 1 && html`<p class="quiet">${w.agreement(agreement)}</p>`}
        <p class="quiet"><bdi>${w.about(example, file)}</bdi>${leftOut && html` · ${w.leftOut}`}</p>
      </div>
      <${Typical} tone="now" label=${label} note=${w.now} examples=${others(typical?.get(label), example)} />
      ${suggested !== null && html`<${Typical} tone="suggested" label=${suggested} note=${w.suggested} examples=${others(typical?.get(suggested), example)} />`}
      <${DecisionBar} says=${says} busy=${review.isUndoing.value} onDecide=${decide} onOther=${() => setPicks(true)} onUndo=${review.undo} />
      <${Likely} labels=${likely} onPick=${moveTo} />
    </div>
    ${picks && html`<${LabelPicker} title=${w.whichLabel} likely=${likely} without=${[label]} onPick=${moveTo} onClose=${() => setPicks(false)} />`}
  </article>`
}

const others = (examples: readonly number[] = [], not: number): number[] => examples.filter((one) => one !== not)
