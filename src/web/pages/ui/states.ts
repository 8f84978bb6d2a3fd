import { html, type VNode, type WithChildren } from '../lib/html.ts'
import { formatNumber, formatPercent, words } from '../lib/words.ts'
import { Button } from './button.ts'
import { Icon, type IconName } from './icon.ts'
import { sayError } from './say-error.ts'

/** `isPage`: it is all that the page shows, so its title is the page's. */
type EmptyProps = WithChildren & { icon: IconName; title: string; text?: string; isPage?: boolean }

/** There is nothing here yet. `children`: the one thing to do about it. */
export const Empty = ({ icon, title, text, isPage = false, children }: EmptyProps): VNode =>
  html`<section class="state">
    <span class="state-icon"><${Icon} name=${icon} size=${28} /></span>
    <${isPage ? 'h1' : 'h2'} class="state-title">${title}<//>
    ${text && html`<p>${text}</p>`}
    ${children && html`<div class="actions center">${children}</div>`}
  </section>`

type ErrorStateProps = { error: unknown; retry?: () => void; isPage?: boolean }

/** Something could not be shown. */
export function ErrorState({ error, retry, isPage = false }: ErrorStateProps): VNode {
  const { title, text } = sayError(error)
  return html`<section class="state bad" role="alert">
    <span class="state-icon"><${Icon} name="warning" size=${28} /></span>
    <${isPage ? 'h1' : 'h2'} class="state-title">${title}<//>
    ${text && html`<p>${text}</p>`}
    ${retry && html`<div class="actions center"><${Button} icon="undo" onClick=${retry}>${words().shell.retry}<//></div>`}
  </section>`
}

/** Grey shapes of what will be there. `kind`: lines of text, or pictures. */
export function Loading({ kind = 'lines', count = 3 }: { kind?: 'lines' | 'pictures'; count?: number }): VNode {
  const shapes = Array.from({ length: count }, (_, i) => html`<span class="skeleton" key=${i}></span>`)
  return html`<div class=${`loading ${kind}`} role="status">
    <span class="hidden">${words().shell.loading}</span>${shapes}
  </div>`
}

/** `of`: what is counted, as events of commands say it. */
type ProgressProps = { done: number; total?: number | undefined; of?: string | undefined; label?: string }

/** How far something is; without a total, that it goes on. */
export function Progress({ done, total, of, label }: ProgressProps): VNode {
  const { shell } = words()
  const counted = total === undefined ? '' : shell.of(formatNumber(done), formatNumber(total))
  const text = of === 'percent' && total ? formatPercent(done / total) : counted
  return html`<div class="progress-line">
    <progress max=${total ?? 1} value=${total === undefined ? undefined : done} aria-label=${label ?? shell.working}></progress>
    <span class="progress-text">${[label, text].filter(Boolean).join(' · ')}</span>
  </div>`
}
