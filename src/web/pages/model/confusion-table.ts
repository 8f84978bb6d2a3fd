import { html, useState, type VNode } from '../lib/html.ts'
import { hrefOf } from '../lib/place.ts'
import { formatNumber, words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { type Confusions, pairsOf } from './matrix.ts'

/** Rows that are shown at first, and more at a time. */
const SHOWN = 30

/** The same as rows: which label was taken for which other one. */
export function ConfusionTable({ confusion }: { confusion: Confusions }): VNode {
  const { confusion: w } = words().model
  const [most, setMost] = useState(SHOWN)
  const pairs = pairsOf(confusion)
  if (pairs.length === 0) return html`<p class="quiet">${w.none}</p>`
  const rest = Math.min(SHOWN, pairs.length - most)
  return html`<div class="stack">
    <div class="table-scroll" tabindex="0" role="region" aria-label=${w.title}><table>
      <thead><tr><th scope="col">${w.pair}</th><th scope="col">${w.takenFor}</th><th scope="col">${w.howOften}</th></tr></thead>
      <tbody>${pairs.slice(0, most).map(
        ({ label, takenFor, count }) => html`<tr key=${`${label}\n${takenFor}`}>
          <th scope="row"><bdi>${label}</bdi></th>
          <td><a data-page href=${hrefOf('gallery', { label, predicted: takenFor })}><bdi>${takenFor}</bdi></a></td>
          <td class="number">${formatNumber(count)}</td>
        </tr>`,
      )}</tbody>
    </table></div>
    ${rest > 0 && html`<div><${Button} onClick=${() => setMost(most + SHOWN)}>${w.more(rest)}<//></div>`}
  </div>`
}
