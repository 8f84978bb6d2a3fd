import type { PageResult } from '../lib/api.ts'
import { html, useState, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { Button } from './button.ts'
import { Select } from './form.ts'

export type PageChoice = PageResult['choices'][number]
type Chosen = Pick<PageChoice, 'command' | 'options'>
type ChoiceProps = { choice: PageChoice; busy: boolean; onChoose: (chosen: Chosen) => void }

/** Choices after which something is gone. */
const DANGEROUS = /^(delete|forget|empty|withdraw$|removeThem|removeEverywhere|cleanUp)/

/** What can be done next: a button, a list to choose one more value from, or a line to type it. */
export function ChoiceButton({ choice, busy, onChoose }: ChoiceProps): VNode | null {
  const { key, label, command, options, fill } = choice
  if (!fill)
    return html`<${Button} kind=${DANGEROUS.test(key) ? 'danger' : 'plain'} busy=${busy} onClick=${() => onChoose({ command, options })}>${label}<//>`
  const give = (value: string): void => onChoose({ command, options: { ...options, [fill.option]: value } })
  if (fill.from) {
    const from = [{ value: '', label, disabled: true }, ...fill.from]
    return html`<${Select} label=${label} value="" options=${from} onChange=${give} disabled=${busy} />`
  }
  // Roles and channels are picked in the chat.
  return fill.pick ? null : html`<${TypeIn} label=${label} busy=${busy} onGive=${give} />`
}

type TypeInProps = { label: string; busy: boolean; onGive: (value: string) => void }

function TypeIn({ label, busy, onGive }: TypeInProps): VNode {
  const [value, setValue] = useState('')
  const [isOpen, setOpen] = useState(false)
  if (!isOpen) return html`<${Button} onClick=${() => setOpen(true)}>${label}<//>`
  const send = (event: Event): void => {
    event.preventDefault()
    if (value.trim()) onGive(value.trim())
  }
  return html`<form class="type-in" onSubmit=${send}>
    <input type="text" autofocus aria-label=${label} placeholder=${label} value=${value} onInput=${readInto(setValue)} onKeyDown=${keepComposition} />
    <${Button} type="submit" kind="primary" busy=${busy} icon="check" aria-label=${words().shell.ok} />
  </form>`
}

/** For `onInput`: what stands in the field now. */
export const readInto =
  (set: (value: string) => void) =>
  ({ currentTarget }: { currentTarget: HTMLInputElement }): void =>
    set(currentTarget.value)

/** For `onKeyDown`: an Enter that ends the composition of a word sends no form. */
export function keepComposition(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.isComposing) event.preventDefault()
}
