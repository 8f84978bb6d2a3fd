import { html, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { PageHead } from '../ui/page-head.ts'

export default function Page(): VNode {
  const { try: w } = words()
  return html`<div class="page"><${PageHead} title=${w.title} text=${w.intro} /></div>`
}
