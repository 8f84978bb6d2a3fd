import { html, signal, useEffect, useRef, type VNode, type WithChildren } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { Button, IconButton } from './button.ts'

type DialogProps = WithChildren & { title: string; onClose: () => void; wide?: boolean; class?: string }

/** Something that comes before everything else, for as long as it is drawn. Escape and a press beside it close it. */
export function Dialog({ title, onClose, wide = false, class: more = '', children }: DialogProps): VNode {
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    element.current?.showModal()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  const cancel = (event: Event): void => {
    event.preventDefault()
    onClose()
  }
  const press = (event: MouseEvent): void => {
    if (event.target === element.current) onClose()
  }
  return html`<dialog ref=${element} class=${`dialog ${wide ? 'wide' : ''} ${more}`} aria-label=${title} onCancel=${cancel} onMouseDown=${press}>
    <div class="dialog-box">
      <div class="dialog-head">
        <h2>${title}</h2>
        <${IconButton} icon="close" label=${words().shell.close} onClick=${onClose} />
      </div>
      <div class="dialog-body">${children}</div>
    </div>
  </dialog>`
}

/** `action`: what the button says, as in `Delete it`. */
type Question = { title: string; text?: string; action: string; danger?: boolean }
type Asked = Question & { answer(yes: boolean): void }

const asked = signal<Asked | undefined>(undefined)

/** Asks before something that is hard to take back. @returns whether they want it */
export const confirm = (question: Question): Promise<boolean> =>
  new Promise((resolve) => {
    asked.value?.answer(false)
    const answer = (yes: boolean): void => {
      asked.value = undefined
      resolve(yes)
    }
    asked.value = { ...question, answer }
  })

/** Where `confirm` is shown: once, in the frame. */
export function ConfirmDialog(): VNode | null {
  const question = asked.value
  if (!question) return null
  const { title, text, action, danger = false, answer } = question
  return html`<${Dialog} title=${title} onClose=${() => answer(false)}>
    ${text && html`<p>${text}</p>`}
    <div class="actions end">
      <${Button} autofocus onClick=${() => answer(false)}>${words().shell.cancel}<//>
      <${Button} kind=${danger ? 'danger' : 'primary'} onClick=${() => answer(true)}>${action}<//>
    </div>
  <//>`
}
