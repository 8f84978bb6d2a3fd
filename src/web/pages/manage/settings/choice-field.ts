import { html, type VNode } from '../../lib/html.ts'
import { Field, Select } from '../../ui/form.ts'

type ChoiceFieldProps = {
  label: string
  hint?: string
  value: string
  /** What each value is called. */
  values: Readonly<Record<string, string>>
  onChange: (value: string) => void
}

/** One of several words, which is saved once it is chosen. */
export const ChoiceField = ({ label, hint, value, values, onChange }: ChoiceFieldProps): VNode =>
  html`<${Field} label=${label} hint=${hint}>
    <${Select} value=${value} options=${Object.entries(values).map(([each, name]) => ({ value: each, label: name }))} onChange=${onChange} />
  <//>`
