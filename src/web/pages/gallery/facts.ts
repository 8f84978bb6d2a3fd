import { html, type VNode } from '../lib/html.ts'
import { hrefOf } from '../lib/place.ts'
import { formatDate, formatNumber, formatPercent, words } from '../lib/words.ts'
import { Named } from '../ui/named.ts'
import type { ExampleDetails } from './details.ts'

/** What is known of an example, a line each; labels and people lead to what else is theirs. */
export function Facts({ details }: { details: ExampleDetails }): VNode {
  const { gallery } = words()
  const w = gallery.facts
  const { id, label, file, state, vouched, by, poster, at, width, height, contrast, score, recognized, also } = details
  const stateText = vouched && state === 'kept' ? gallery.vouched : gallery.states[state]
  const rows: [string, unknown][] = [
    [w.label, html`<${Link} query=${{ label }} text=${label} />`],
    [w.state, stateText],
    [w.by, html`<${Link} query=${{ by }} text=${html`<${Named} kind="person" id=${by} />`} />`],
  ]
  if (poster !== null && poster !== by) rows.push([w.poster, html`<bdi><${Named} kind="person" id=${poster} /></bdi>`])
  rows.push([w.at, html`<time datetime=${at}>${formatDate(at)}</time>`])
  if (width !== null && height !== null) rows.push([w.size, gallery.pixels(width, height)])
  if (contrast !== null) rows.push([w.contrast, formatNumber(contrast, { maximumFractionDigits: 0 })])
  if (score !== null) rows.push([w.score, formatPercent(score)])
  if (recognized !== null)
    rows.push([w.recognized, html`<${Link} query=${{ label, predicted: recognized }} text=${recognized} />`])
  if (also.length > 0) rows.push([w.also, html`<bdi>${also.map((other) => other.label).join(', ')}</bdi>`])
  rows.push([w.number, `#${id}`])
  return html`<div class="stack">
    <p class="details-file"><bdi>${file}</bdi></p>
    <dl class="facts">${rows.map(
      ([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`,
    )}</dl>
  </div>`
}

const Link = ({ query, text }: { query: Record<string, string>; text: string | VNode }): VNode =>
  html`<a data-page href=${hrefOf('gallery', query)}><bdi>${text}</bdi></a>`
