import { html, type VNode, type WithChildren } from '../lib/html.ts'
import { Icon, type IconName } from './icon.ts'

/** `primary`: the one next step. `plain`: others. `quiet`: without a border. `danger`: what deletes. */
export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger'

type ButtonProps = WithChildren & {
  kind?: ButtonKind
  icon?: IconName
  size?: 'small' | 'large'
  /** Works on it: it cannot be pressed again meanwhile. */
  busy?: boolean
  disabled?: boolean
  type?: 'button' | 'submit'
  class?: string
  onClick?: (event: MouseEvent) => void
  /** Others, as `aria-pressed`. */
  [attribute: string]: unknown
}

export function Button(props: ButtonProps): VNode {
  const { kind = 'plain', icon, size, busy = false, disabled = false, children, class: more = '', ...rest } = props
  const look = `button ${kind} ${size ?? ''} ${busy ? 'busy' : ''} ${more}`
  // Not disabled while it works: that would take the focus away.
  const { onClick, ...others } = rest
  return html`<button type="button" ...${others} class=${look} disabled=${disabled} aria-busy=${busy ? 'true' : undefined}
    onClick=${busy ? stop : onClick}>
    ${icon && html`<${Icon} name=${icon} />`}${children !== undefined && html`<span>${children}</span>`}
  </button>`
}

/** A form is not sent while it is being sent. */
const stop = (event: Event): void => event.preventDefault()

type IconButtonProps = Omit<ButtonProps, 'children' | 'icon'> & { icon: IconName; label: string }

/** A button that shows no words; `label` is its name, and appears when it is pointed at. */
export function IconButton({ icon, label, class: more = '', ...rest }: IconButtonProps): VNode {
  return html`<${Button} kind="quiet" ...${rest} icon=${icon} class=${`icon-only ${more}`} aria-label=${label} title=${label} />`
}

type LinkButtonProps = WithChildren & {
  href: string
  kind?: ButtonKind
  icon?: IconName
  class?: string
  [attribute: string]: unknown
}

/** A link that looks like a button: it leads somewhere and does nothing. */
export function LinkButton({
  href,
  kind = 'plain',
  icon,
  children,
  class: more = '',
  ...rest
}: LinkButtonProps): VNode {
  return html`<a data-page ...${rest} href=${href} class=${`button ${kind} ${more}`}>
    ${icon && html`<${Icon} name=${icon} />`}<span>${children}</span>
  </a>`
}
