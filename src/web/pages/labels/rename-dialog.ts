import { html, useState, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { keepComposition, readInto } from '../ui/choice-button.ts'
import { Dialog } from '../ui/dialog.ts'
import { Field } from '../ui/form.ts'

type RenameProps = { label: string; onRename: (to: string) => void; onClose: () => void }

/** Characters of a label. */
const LONGEST = 100

export function RenameDialog({ label, onRename, onClose }: RenameProps): VNode {
  const { labels: w } = words()
  const [name, setName] = useState(label)
  const send = (event: Event): void => {
    event.preventDefault()
    if (name.trim() && name.trim() !== label) onRename(name.trim())
    else onClose()
  }
  return html`<${Dialog} title=${w.renameTitle(label)} onClose=${onClose}>
    <form class="stack" onSubmit=${send}>
      <${Field} label=${w.newName}>
        <input type="text" autofocus maxlength=${LONGEST} value=${name} onInput=${readInto(setName)} onKeyDown=${keepComposition} />
      <//>
      <div class="actions end">
        <${Button} onClick=${onClose}>${words().shell.cancel}<//>
        <${Button} type="submit" kind="primary">${w.rename}<//>
      </div>
    </form>
  <//>`
}
