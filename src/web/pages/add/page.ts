import { readChosen, readDrop } from '../lib/dropped-files.ts'
import { html, useEffect, type VNode } from '../lib/html.ts'
import { place } from '../lib/place.ts'
import { loadStyle } from '../lib/style.ts'
import { words } from '../lib/words.ts'
import { useDropAnywhere } from '../ui/drop-anywhere.ts'
import { PageHead } from '../ui/page-head.ts'
import { DropArea } from './drop-area.ts'
import { addToPlan, job, openJob } from './job.ts'
import { PlanView } from './plan-view.ts'
import { ProgressView } from './progress-view.ts'
import { Saved } from './saved.ts'
import { Summary } from './summary.ts'
import { ZipCards } from './zip-cards.ts'

await loadStyle(new URL('./add.css', import.meta.url).href)

/** Folders, pictures and ZIP files become examples. */
export default function Page(): VNode {
  const { add } = words()
  const { server, dataset } = place.value
  useEffect(() => void openJob(), [server, dataset])
  const now = job.value
  const isBusy = now.state === 'running' || now.state === 'reading'
  const isOver = useDropAnywhere((given) => {
    const { files, handles } = readDrop(given)
    void handles.then((kept) => addToPlan(files, kept))
  })
  const choose = (files: File[]): void => {
    if (files.length > 0) void addToPlan(readChosen(files))
  }
  return html`<div class="page add">
    <${PageHead} title=${add.title} text=${add.intro} />
    ${now.state === 'empty' && now.saved && html`<${Saved} saved=${now.saved} />`}
    ${now.state === 'empty' && html`<${DropArea} isOver=${isOver} onFiles=${choose} />`}
    ${now.state === 'reading' && html`<p class="add-reading" role="status">${add.reading(now.found)}</p>`}
    ${now.state === 'planned' && html`<${PlanView} plan=${now.plan} saved=${now.saved} />`}
    ${now.state === 'running' && html`<${ProgressView} running=${now} />`}
    ${now.state === 'done' && html`<${Summary} done=${now} />`}
    <${ZipCards} />
    ${isOver && !isBusy && html`<div class="drop-veil"><p>${add.dropAnywhere}</p></div>`}
  </div>`
}
