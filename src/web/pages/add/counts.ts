import { html, type VNode } from '../lib/html.ts'
import { formatNumber, words } from '../lib/words.ts'
import type { Tally } from './tally.ts'

/** What became of the files, in figures. */
export function Counts({ tally: { added, known, refused }, skipped }: { tally: Tally; skipped: number }): VNode {
  const { add } = words()
  const figures = [
    { key: 'added', name: add.added, n: added },
    { key: 'known', name: add.known, n: known },
    { key: 'refused', name: add.refused, n: refused.length },
    ...(skipped > 0 ? [{ key: 'skipped', name: add.skippedShort, n: skipped }] : []),
  ]
  return html`<dl class="add-counts">${figures.map(
    ({ key, name, n }) => html`<div key=${key} class=${key}><dt>${name}</dt><dd>${formatNumber(n)}</dd></div>`,
  )}</dl>`
}
