import { html, type VNode, type WithChildren } from '../lib/html.ts'

type PageHeadProps = WithChildren & { title: string; text?: string | undefined }

/** What a page begins with: its title, a sentence at most, and what can be done on the whole of it (`children`). */
export const PageHead = ({ title, text, children }: PageHeadProps): VNode =>
  html`<header class="page-head">
    <div>
      <h1>${title}</h1>
      ${text && html`<p class="quiet">${text}</p>`}
    </div>
    ${children && html`<div class="actions">${children}</div>`}
  </header>`
