import { useRevision } from '../lib/events.ts'
import { html, useEffect, useState, type VNode } from '../lib/html.ts'
import { datasetHere, loadMe, may } from '../lib/me.ts'
import { loadStyle } from '../lib/style.ts'
import { useLoaded } from '../lib/use-loaded.ts'
import { words } from '../lib/words.ts'
import { PageHead } from '../ui/page-head.ts'
import { ErrorState, Loading } from '../ui/states.ts'
import { asked, forgetElsewhere } from './asked.ts'
import { Asking } from './asking.ts'
import { NotTrained } from './not-trained.ts'

await loadStyle(new URL('./try.css', import.meta.url).href)

/** Asking about pictures; where there is nothing yet, the first minute. */
export default function Page(): VNode {
  const { try: w } = words()
  const dataset = datasetHere()
  const isEmpty = !dataset || (dataset.examples === 0 && dataset.version === null)
  const [isGuided, setGuided] = useState(isEmpty && may('teacher'))
  const revision = useRevision()
  forgetElsewhere()
  useEffect(() => {
    if (revision > 0) void loadMe().catch(() => {})
  }, [revision])
  if (isGuided) return html`<${FirstMinute} onDone=${() => setGuided(false)} />`
  const isTrained = dataset !== undefined && dataset.version !== null
  return html`<div class="page">
    <${PageHead} title=${w.title} text=${asked.value.length === 0 ? w.intro : undefined} />
    ${isTrained ? html`<${Asking} />` : html`<${NotTrained} />`}
  </div>`
}

/** Most people never see it: it is loaded for those who do. */
function FirstMinute({ onDone }: { onDone: () => void }): VNode {
  const { value: loaded, error, reload } = useLoaded(() => import('./guide/guide.ts'), [])
  if (error !== undefined) return html`<${ErrorState} isPage error=${error} retry=${reload} />`
  return loaded ? html`<${loaded.default} onDone=${onDone} />` : html`<${Loading} />`
}
