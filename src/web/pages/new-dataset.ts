import { html, useState, type VNode } from './lib/html.ts'
import { startDataset } from './lib/me.ts'
import { words } from './lib/words.ts'
import { Button } from './ui/button.ts'
import { keepComposition, readInto } from './ui/choice-button.ts'
import { Dialog } from './ui/dialog.ts'
import { Field } from './ui/form.ts'

/** Asks what another dataset is called. It is there with its first picture. */
export function NewDataset({ onClose }: { onClose: () => void }): VNode {
  const { shell } = words()
  const [name, setName] = useState('')
  const start = (event: Event): void => {
    event.preventDefault()
    if (!name.trim()) return
    onClose()
    startDataset(name.trim())
  }
  return html`<${Dialog} title=${shell.newDatasetTitle} onClose=${onClose}>
    <form class="stack" onSubmit=${start}>
      <${Field} label=${shell.newDatasetName} hint=${shell.newDatasetHint}>
        <input type="text" autofocus maxlength="100" value=${name} onInput=${readInto(setName)} onKeyDown=${keepComposition} />
      <//>
      <div class="actions end">
        <${Button} onClick=${onClose}>${shell.cancel}<//>
        <${Button} kind="primary" type="submit" disabled=${name.trim() === ''}>${shell.newDatasetStart}<//>
      </div>
    </form>
  <//>`
}
