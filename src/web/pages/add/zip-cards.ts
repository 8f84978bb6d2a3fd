import { html, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { AnswerCard } from '../ui/answer-card.ts'
import { IconButton } from '../ui/button.ts'
import { sayError } from '../ui/say-error.ts'
import { Progress } from '../ui/states.ts'
import { removeZip, type SendingZip, zips } from './send-zip.ts'

/** ZIP files on their way, and what came of them. */
export const ZipCards = (): VNode | null =>
  zips.value.length === 0
    ? null
    : html`<ul class="add-zip-cards">${zips.value.map((zip) => html`<${ZipCard} key=${zip.id} zip=${zip} />`)}</ul>`

function ZipCard({ zip }: { zip: SendingZip }): VNode {
  const { add } = words()
  const { id, name, sent, done, total, result, error } = zip
  const isOver = result !== undefined || error !== undefined
  return html`<li class="add-zip-card">
    <div class="add-zip-head">
      <h2><bdi>${name}</bdi></h2>
      ${isOver && html`<${IconButton} size="small" icon="close" label=${add.zipRemove(name)} onClick=${() => removeZip(id)} />`}
    </div>
    ${
      !isOver &&
      (sent < 1
        ? html`<${Progress} done=${Math.round(sent * 100)} total=${100} label=${add.zipSending(sent)} />`
        : html`<${Progress} done=${done} total=${total} label=${add.zipAdding} />`)
    }
    ${error !== undefined && html`<p role="alert" class="add-zip-error">${sayError(error).title}</p>`}
    ${result && html`<${AnswerCard} result=${result} />`}
  </li>`
}
