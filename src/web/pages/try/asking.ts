import { html, useState, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { Icon } from '../ui/icon.ts'
import { PickButton, useFilesAnywhere } from '../ui/pick-files.ts'
import { toast } from '../ui/toast.ts'
import { ask, asked, clearAsked } from './asked.ts'
import { AskedCard } from './asked-card.ts'
import { Camera, hasCamera } from './camera.ts'

const isPhone = matchMedia('(pointer: coarse)')

/** Where pictures are dropped, and the answers. */
export function Asking(): VNode {
  const { try: w } = words()
  const [shoots, setShoots] = useState(false)
  const askFiles = (files: File[]): void => ask(files.map((file) => ({ name: file.name, file })))
  const isOver = useFilesAnywhere(({ files, hasFolders }) => {
    if (hasFolders) toast(w.noFolders)
    askFiles(files)
  })
  const all = asked.value
  const isFirst = all.length === 0
  const first = isPhone.matches ? w.show : w.drop
  const photograph = isPhone.matches
    ? html`<${PickButton} camera icon="camera" onFiles=${askFiles}>${w.photograph}<//>`
    : hasCamera() && html`<${Button} icon="camera" onClick=${() => setShoots(true)}>${w.photograph}<//>`
  return html`<div class="asking">
    <section class=${`drop-zone ${isFirst ? 'first' : ''} ${isOver ? 'over' : ''}`}>
      ${isFirst && html`<span class="drop-icon"><${Icon} name="picture" size=${36} /></span>`}
      <p class="drop-title">${isFirst ? first : w.dropMore}</p>
      ${isFirst && html`<p class="quiet paste-hint">${w.paste}</p>`}
      <div class="actions center">
        <${PickButton} kind=${isFirst ? 'primary' : 'plain'} icon="picture" onFiles=${askFiles}>${w.choose}<//>
        ${photograph}
        ${!isFirst && html`<${Button} kind="quiet" icon="close" onClick=${clearAsked}>${w.clear}<//>`}
      </div>
    </section>
    ${
      !isFirst &&
      html`<section class=${`asked ${all.length > 1 ? 'several' : ''}`} aria-label=${w.asked}>
        ${all.map((one) => html`<${AskedCard} key=${one.id} asked=${one} />`)}
      </section>`
    }
    ${isOver && html`<div class="drop-veil"><p>${w.dropAnywhere}</p></div>`}
    ${shoots && html`<${Camera} onPhotograph=${(file: File) => askFiles([file])} onClose=${() => setShoots(false)} />`}
  </div>`
}
