import { html, useState, type VNode } from '../lib/html.ts'
import { hrefOf } from '../lib/place.ts'
import { formatNumber, formatPercent, words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import type { Stats } from './data.ts'
import { type Column, type LabelRow, labelRows, sortRows } from './label-rows.ts'

const COLUMNS: readonly Column[] = ['label', 'pictures', 'recognized', 'confused']
/** Rows that are shown at first. */
const SHOWN = 25

/** How well each label is recognized; the worst come first. */
export function ByLabel({ stats }: { stats: Stats }): VNode {
  const { byLabel: w } = words().model
  const [order, setOrder] = useState<{ by: Column; isDescending: boolean }>({ by: 'recognized', isDescending: false })
  const [showsAll, setShowsAll] = useState(false)
  const rows = sortRows(labelRows(stats), order)
  const shown = showsAll ? rows : rows.slice(0, SHOWN)
  const sort = (by: Column): void =>
    setOrder({ by, isDescending: order.by === by ? !order.isDescending : by === 'pictures' || by === 'confused' })
  const heading = (column: Column): VNode => {
    const isSorted = order.by === column
    const direction = order.isDescending ? 'descending' : 'ascending'
    return html`<th key=${column} scope="col" aria-sort=${isSorted ? direction : undefined}>
      <button type="button" class="sort" title=${w.sort(w[column])} onClick=${() => sort(column)}>
        ${w[column]}<span aria-hidden="true">${isSorted ? (order.isDescending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>`
  }
  return html`<section class="stack">
    <h2>${w.title}</h2>
    <div class="table-scroll" tabindex="0" role="region" aria-label=${w.title}>
      <table class="by-label">
        <thead><tr>${COLUMNS.map(heading)}</tr></thead>
        <tbody>${shown.map((row) => html`<${Row} key=${row.label} row=${row} />`)}</tbody>
      </table>
    </div>
    ${rows.length > shown.length && html`<div><${Button} onClick=${() => setShowsAll(true)}>${w.more(rows.length - shown.length)}<//></div>`}
  </section>`
}

function Row({ row }: { row: LabelRow }): VNode {
  const { byLabel: w } = words().model
  const { label, pictures, measured, right, recall, takenFor, times } = row
  return html`<tr>
    <th scope="row"><a data-page href=${hrefOf('gallery', { label })}><bdi>${label}</bdi></a></th>
    <td class="number">${pictures === null ? html`<small>${w.gone}</small>` : formatNumber(pictures)}</td>
    <td>${
      recall === null
        ? html`<small>${w.newLabel}</small>`
        : html`<span class="recall"><meter min="0" max="1" value=${recall} aria-hidden="true"></meter>
          <span>${formatPercent(recall)} <small>${w.ofMeasured(right, measured)}</small></span></span>`
    }</td>
    <td>${
      takenFor !== null &&
      html`<a data-page href=${hrefOf('gallery', { label, predicted: takenFor })}><bdi>${takenFor}</bdi></a> <small>${w.times(times)}</small>`
    }</td>
  </tr>`
}
