import { html, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { pile } from './pile.ts'

/** Files that are named; more are counted. */
const SHOWN = 30

/** What cannot be looked at, and why. */
export function Broken(): VNode | null {
  const { sort: w } = words()
  const broken = pile.value.filter(({ state }) => state === 'broken')
  if (broken.length === 0) return null
  const more = broken.length - SHOWN
  return html`<section class="sort-broken card">
    <h2>${w.brokenTitle(broken.length)}</h2>
    <ul class="refused-files">${broken.slice(0, SHOWN).map(({ id, path, reason }) => html`<li key=${id}><bdi>${path}</bdi><span class="quiet">${reason}</span></li>`)}</ul>
    ${more > 0 && html`<p class="quiet">${w.more(more)}</p>`}
  </section>`
}
