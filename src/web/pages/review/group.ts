import { html, useEffect, useRef, useState, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { LabelPicker } from '../ui/label-picker.ts'
import { Picture } from '../ui/picture.ts'
import { DecisionBar, Likely } from './decision-bar.ts'
import type { Decision, ReviewQueue, Suspect } from './queue.ts'
import { Typical } from './typical.ts'
import { useDecisionKeys } from './use-decision-keys.ts'

type GroupProps = { review: ReviewQueue; suspects: readonly Suspect[]; onView: () => void }

/** Suspects that the same label fits better: one decision for all that stay in the group. */
export function Group({ review, suspects, onView }: GroupProps): VNode {
  const { review: w } = words()
  const [picks, setPicks] = useState(false)
  const [out, setOut] = useState<ReadonlySet<number>>(new Set())
  const heading = useRef<HTMLHeadingElement>(null)
  const { typical } = review.queue.value ?? {}
  const suggested = suspects[0]?.suggested ?? null
  const chosen = suspects.filter(({ example }) => !out.has(example))
  const n = chosen.length
  useEffect(() => {
    setOut(new Set())
    heading.current?.focus({ preventScroll: true })
  }, [suggested])
  const decideOn = (decision: Decision, label?: string): void => {
    setPicks(false)
    setOut(new Set())
    void review.decide(decision, chosen, label)
    heading.current?.focus({ preventScroll: true })
  }
  const decide = (decision: Decision): void => {
    if (n === 0) return
    if (decision !== 'move') decideOn(decision)
    else if (suggested === null) setPicks(true)
    else decideOn('move', suggested)
  }
  const toggle = (example: number): void => {
    const next = new Set(out)
    if (!next.delete(example)) next.add(example)
    setOut(next)
  }
  const likely = likelyOf(suspects)
  useDecisionKeys({
    onDecide: decide,
    onLabel: (label) => n > 0 && decideOn('move', label),
    onOther: () => n > 0 && setPicks(true),
    onUndo: review.undo,
    onView,
    onAll: () => setOut(n > 0 ? new Set(suspects.map(({ example }) => example)) : new Set()),
    likely,
  })
  const says = {
    keep: w.group.keep(n),
    exclude: w.group.exclude(n),
    skip: w.group.skip(n),
    ...(suggested !== null && { move: w.group.moveTo(n, suggested) }),
  }
  return html`<article class="group">
    <div class="group-head">
      <h2 tabindex="-1" ref=${heading}><bdi>${suggested === null ? w.group.unlike(suspects.length) : w.group.like(suspects.length, suggested)}</bdi></h2>
      <p class="quiet">${n < suspects.length ? w.group.chosen(n, suspects.length) : w.group.hint}</p>
    </div>
    ${suggested !== null && html`<${Typical} tone="suggested" label=${suggested} note=${w.suggested} examples=${typical?.get(suggested) ?? []} />`}
    <ul class="group-pictures">${suspects.map(
      ({ example, label }) => html`<li key=${example}>
        <button type="button" class="group-picture" aria-pressed=${out.has(example) ? 'false' : 'true'} aria-label=${w.group.pictureUnder(label, example)} onClick=${() => toggle(example)}>
          <${Picture} example=${example} size=${320} alt="" />
        </button>
        <span class="group-label"><bdi>${w.group.now(label)}</bdi></span>
      </li>`,
    )}</ul>
    <${DecisionBar} says=${says} busy=${review.isUndoing.value} disabled=${n === 0} onDecide=${decide} onOther=${() => setPicks(true)} onUndo=${review.undo} />
    <${Likely} labels=${likely} disabled=${n === 0} onPick=${(label: string) => decideOn('move', label)} />
    ${picks && html`<${LabelPicker} title=${w.whichLabel} likely=${likely} onPick=${(label: string) => decideOn('move', label)} onClose=${() => setPicks(false)} />`}
  </article>`
}

/** As many as there are keys. */
const MOST = 9

/** The label that fits better, then those that are likeliest for most of them. */
function likelyOf(suspects: readonly Suspect[]): string[] {
  const points = new Map<string, number>()
  for (const { likely } of suspects)
    for (const [place, label] of likely.entries()) points.set(label, (points.get(label) ?? 0) + 1 / (place + 1))
  return [...points.entries()]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, MOST)
    .map(([label]) => label)
}
