import { html, type VNode } from '../lib/html.ts'
import { may } from '../lib/me.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { LabelPicker } from '../ui/label-picker.ts'
import type { ChangeKind } from './changes.ts'
import type { Gallery } from './gallery.ts'
import { WithdrawButton } from './withdraw.ts'

type Change = (kind: ChangeKind, examples: readonly number[], label?: string) => Promise<void>
type ChangeButtonsProps = {
  gallery: Gallery
  change: Change
  isBusy: boolean
  examples: () => readonly number[]
  onWithdrawn: () => void
  size?: 'small'
}

/** What can be done with some examples. */
export function ChangeButtons({ gallery, change, isBusy, examples, onWithdrawn, size }: ChangeButtonsProps): VNode {
  const { gallery: w } = words()
  const does = (kind: ChangeKind) => (): void => void change(kind, examples())
  const move = (): void => {
    gallery.moving.value = examples()
  }
  const states = new Set(examples().map((id) => gallery.details.get(id)?.state))
  // Where nothing is known of some of them, both are offered.
  const [some, none] = [states.has('kept') || states.has(undefined), !states.has('excluded') && !states.has(undefined)]
  return html`<div class="change-buttons">
    <${Button} kind=${size ? 'plain' : 'primary'} icon="label" size=${size} busy=${isBusy} onClick=${move}>${w.move}<//>
    ${may('reviewer') && some && html`<${Button} icon="exclude" size=${size} busy=${isBusy} onClick=${does('exclude')}>${w.exclude}<//>`}
    ${may('reviewer') && !none && html`<${Button} icon="undo" size=${size} busy=${isBusy} onClick=${does('restore')}>${w.restore}<//>`}
    <${Button} kind="danger" icon="trash" size=${size} busy=${isBusy} onClick=${does('remove')}>${w.remove}<//>
    <${WithdrawButton} gallery=${gallery} examples=${examples()} size=${size} onDone=${onWithdrawn} />
  </div>`
}

/** Asks to which label some examples are moved. */
export function MoveDialog({ gallery, change }: { gallery: Gallery; change: Change }): VNode | null {
  const examples = gallery.moving.value
  if (!examples || examples.length === 0) return null
  const close = (): void => {
    gallery.moving.value = undefined
  }
  const pick = (label: string): void => {
    close()
    void change('move', examples, label)
  }
  return html`<${LabelPicker} title=${words().gallery.moveTitle(examples.length)} likely=${likelyFor(gallery, examples)}
    without=${labelOfAll(gallery, examples)} onPick=${pick} onClose=${close} />`
}

/** Examples whose details say which label is likely. */
const ASKED = 200

/** What the last training would rather have them under, the most frequent first. */
function likelyFor({ details }: Gallery, examples: readonly number[]): string[] {
  const counts = new Map<string, number>()
  for (const id of examples.slice(0, ASKED)) {
    const { suggested, recognized, label } = details.get(id) ?? {}
    for (const likely of new Set([suggested, recognized]))
      if (likely && likely !== label) counts.set(likely, (counts.get(likely) ?? 0) + 1)
  }
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([label]) => label)
}

/** The label that all of them have, to which they need not be moved. */
function labelOfAll({ details }: Gallery, examples: readonly number[]): string[] {
  const labels = new Set(examples.map((id) => details.get(id)?.label))
  const [label] = labels
  return labels.size === 1 && label !== undefined ? [label] : []
}
