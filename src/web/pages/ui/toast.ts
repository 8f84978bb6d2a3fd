import { html, signal, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { Button, IconButton } from './button.ts'
import { sayError } from './say-error.ts'

type ToastOptions = {
  /** Takes it back; a text that it returns is said. */
  undo?: (() => unknown) | undefined
  tone?: 'good' | 'bad' | 'plain'
}
type Toast = ToastOptions & { id: number; message: string }

/** Milliseconds for which a message stays: longer where it can be taken back. */
const STAYS_MS = 5000
const STAYS_WITH_UNDO_MS = 12_000
/** More than that nobody reads. */
const MOST = 3

const toasts = signal<readonly Toast[]>([])
let last = 0

/** Says briefly what was done, and offers to take it back. */
export function toast(message: string, options: ToastOptions = {}): void {
  const id = ++last
  toasts.value = [...toasts.value, { id, message, ...options }].slice(-MOST)
  const close = (): void => {
    const isLookedAt = document.querySelector('.toasts:hover, .toasts:focus-within') !== null
    if (isLookedAt) setTimeout(close, STAYS_MS)
    else dismiss(id)
  }
  setTimeout(close, options.undo ? STAYS_WITH_UNDO_MS : STAYS_MS)
}

/** Says why something did not work. */
export const toastError = (error: unknown): void => toast(sayError(error).title, { tone: 'bad' })

const dismiss = (id: number): void => {
  toasts.value = toasts.value.filter((each) => each.id !== id)
}

async function takeBack({ id, undo }: Toast): Promise<void> {
  dismiss(id)
  try {
    const said = await undo?.()
    toast(typeof said === 'string' ? said : words().shell.undone)
  } catch (error) {
    toastError(error)
  }
}

/** Where toasts are shown: once, in the frame. */
export const Toasts = (): VNode =>
  html`<div class="toasts" role="status" aria-live="polite" aria-label=${words().shell.notifications}>
    ${toasts.value.map(
      (each) => html`<div class=${`toast ${each.tone ?? 'plain'}`} key=${each.id}>
        <p>${each.message}</p>
        ${each.undo && html`<${Button} kind="quiet" size="small" icon="undo" onClick=${() => takeBack(each)}>${words().shell.undo}<//>`}
        <${IconButton} size="small" icon="close" label=${words().shell.close} onClick=${() => dismiss(each.id)} />
      </div>`,
    )}
  </div>`
