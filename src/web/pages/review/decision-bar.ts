import { html, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import type { Decision } from './queue.ts'

type DecisionBarProps = {
  /** What the buttons say. `move`: left out where no label fits better. */
  says: Record<Exclude<Decision, 'move'>, string> & { move?: string }
  onDecide: (decision: Decision) => void
  onOther: () => void
  onUndo: () => void
  disabled?: boolean
  busy: boolean
}

/** What a reviewer can say, each with its key. */
export function DecisionBar({ says, onDecide, onOther, onUndo, disabled = false, busy }: DecisionBarProps): VNode {
  const { review: w } = words()
  const button = (decision: Decision, key: string, label: string): VNode =>
    html`<${Button} key=${decision} kind=${decision === 'move' ? 'primary' : 'plain'} class="decision" disabled=${disabled}
      aria-keyshortcuts=${key} onClick=${() => onDecide(decision)}><bdi>${label}</bdi> <kbd aria-hidden="true">${key}</kbd><//>`
  return html`<div class="decision-bar" role="group" aria-label=${w.decisions}>
    ${says.move !== undefined && button('move', 'M', says.move)}
    ${button('keep', 'K', says.keep)}
    ${button('exclude', 'X', says.exclude)}
    ${button('skip', 'S', says.skip)}
    <${Button} class="decision" disabled=${disabled} aria-keyshortcuts="L" onClick=${onOther}>${w.otherLabel} <kbd aria-hidden="true">L</kbd><//>
    <${Button} kind="quiet" class="decision undo" icon="undo" busy=${busy} aria-keyshortcuts="Z" onClick=${onUndo}>${w.undo} <kbd aria-hidden="true">Z</kbd><//>
  </div>`
}

type LikelyProps = { labels: readonly string[]; onPick: (label: string) => void; disabled?: boolean }

/** The likeliest labels, a key from 1 to 9 each. */
export function Likely({ labels, onPick, disabled = false }: LikelyProps): VNode | null {
  const { review: w } = words()
  if (labels.length === 0) return null
  return html`<div class="likely" role="group" aria-label=${w.likeliest}>
    ${labels.map(
      (label, i) => html`<button type="button" key=${label} class="chip" disabled=${disabled} title=${w.moveTo(label)}
        aria-keyshortcuts=${String(i + 1)} onClick=${() => onPick(label)}>
        <kbd aria-hidden="true">${i + 1}</kbd><bdi>${label}</bdi>
      </button>`,
    )}
  </div>`
}
