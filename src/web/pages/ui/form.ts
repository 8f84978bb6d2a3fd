import { html, useRef, type VNode, type WithChildren } from '../lib/html.ts'
import { Icon } from './icon.ts'

type FieldProps = WithChildren & { label: string; hint?: string; error?: string | undefined }

/** One control with its name. */
export const Field = ({ label, hint, error, children }: FieldProps): VNode =>
  html`<label class="field">
    <span class="field-label">${label}</span>
    ${children}
    ${hint && html`<span class="field-hint">${hint}</span>`}
    ${error && html`<span class="field-error" role="alert">${error}</span>`}
  </label>`

type SelectOption = { value: string; label: string; disabled?: boolean }
type SelectProps = {
  value: string
  options: readonly SelectOption[]
  onChange: (value: string) => void
  /** Its name, where no Field is around it. */
  label?: string
  [attribute: string]: unknown
}

export function Select({ value, options, onChange, label, ...rest }: SelectProps): VNode {
  const change = ({ currentTarget }: { currentTarget: HTMLSelectElement }): void => onChange(currentTarget.value)
  return html`<span class="select">
    <select ...${rest} aria-label=${label} value=${value} onChange=${change}>
      ${options.map((o) => html`<option key=${o.value} value=${o.value} disabled=${o.disabled} selected=${o.value === value}>${o.label}</option>`)}
    </select>
    <${Icon} name="chevron" size=${16} />
  </span>`
}

type Tab = { key: string; label: string; count?: number }
type TabsProps = WithChildren & {
  label: string
  tabs: readonly Tab[]
  current: string
  onChange: (key: string) => void
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 }

/** Several views, one of which is shown: `children`. Arrow keys go from one to the next. */
export function Tabs({ label, tabs, current, onChange, children }: TabsProps): VNode {
  const list = useRef<HTMLDivElement>(null)
  const press = (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const index = (tabs.findIndex(({ key }) => key === current) + step + tabs.length) % tabs.length
    const next = tabs[index]
    if (next) onChange(next.key)
    list.current?.querySelectorAll('button')[index]?.focus()
  }
  const id = `tab-${label.replaceAll(/\W/g, '')}`
  const button = ({ key, label: name, count }: Tab): VNode =>
    html`<button type="button" role="tab" key=${key} id=${`${id}-${key}`} class="tab" aria-selected=${key === current ? 'true' : 'false'}
      tabindex=${key === current ? 0 : -1} aria-controls=${id} onClick=${() => onChange(key)}>
      ${name}${count !== undefined && html`<span class="badge">${count}</span>`}
    </button>`
  return html`<div class="tabs">
    <div class="tab-list" role="tablist" aria-label=${label} ref=${list} onKeyDown=${press}>${tabs.map(button)}</div>
    <div id=${id} role="tabpanel" aria-labelledby=${`${id}-${current}`}>${children}</div>
  </div>`
}
