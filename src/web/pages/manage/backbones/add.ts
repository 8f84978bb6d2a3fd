import type { Results } from '../../../../commands/results.ts'
import { html, useState, type VNode } from '../../lib/html.ts'
import { words } from '../../lib/words.ts'
import { Button } from '../../ui/button.ts'
import { keepComposition, readInto } from '../../ui/choice-button.ts'
import { Field } from '../../ui/form.ts'
import { Panel } from '../panel.ts'
import { BackboneFacts } from './facts.ts'

type AddProps = {
  catalogue: Results['backbones']['catalogue']
  isBusy: boolean
  onAdd: (options: Record<string, string>) => void
}

/** By name from the catalogue, or by address. */
export function AddBackbone({ catalogue, isBusy, onAdd }: AddProps): VNode {
  const { manage: w } = words()
  const [which, setWhich] = useState('')
  const [sha256, setSha256] = useState('')
  const send = (event: Event): void => {
    event.preventDefault()
    onAdd({ which: which.trim(), ...(sha256.trim() && { sha256: sha256.trim() }) })
  }
  return html`<${Panel} title=${w.addBackbone} text=${w.addBackboneText}>
    <ul class="rows">
      ${catalogue.map(
        ({ name, facts }) => html`<li key=${name}>
          <span><strong>${name}</strong><${BackboneFacts} facts=${facts} /></span>
          <${Button} size="small" busy=${isBusy} onClick=${() => onAdd({ which: name })}>${w.add}<//>
        </li>`,
      )}
    </ul>
    <form class="inline-form" onSubmit=${send}>
      <${Field} label=${w.backboneName}>
        <input type="text" required value=${which} onInput=${readInto(setWhich)} onKeyDown=${keepComposition} />
      <//>
      <${Field} label=${w.sha256}>
        <input type="text" value=${sha256} onInput=${readInto(setSha256)} onKeyDown=${keepComposition} />
      <//>
      <${Button} type="submit" busy=${isBusy}>${w.add}<//>
    </form>
  <//>`
}
