import { html, type VNode } from '../../lib/html.ts'
import { useTyped } from '../../lib/use-typed.ts'
import { words } from '../../lib/words.ts'
import { Button } from '../../ui/button.ts'
import { keepComposition, readInto } from '../../ui/choice-button.ts'
import { Field } from '../../ui/form.ts'

type TextFieldProps = {
  label: string
  hint?: string
  value: string
  /** Others of the input, as `type`. */
  input?: Readonly<Record<string, string | number>>
  onSave: (value: string) => void
}

/** What is typed, and saved when somebody says so. */
export function TextField({ label, hint, value, input = {}, onSave }: TextFieldProps): VNode {
  const [typed, setTyped] = useTyped(value)
  const send = (event: Event): void => {
    event.preventDefault()
    setTyped(typed.trim())
    onSave(typed.trim())
  }
  return html`<form class="inline-form" onSubmit=${send}>
    <${Field} label=${label} hint=${hint}>
      <input type="text" ...${input} value=${typed} onInput=${readInto(setTyped)} onKeyDown=${keepComposition} />
    <//>
    <${Button} type="submit" disabled=${typed.trim() === value}>${words().manage.save}<//>
  </form>`
}
