import { html, type VNode } from '../lib/html.ts'
import { formatPercent, words } from '../lib/words.ts'

type BarProps = { share: number; label: string; main?: boolean }

/** A share as a bar; it is read as the number beside it. */
export const ShareBar = ({ share, label, main = false }: BarProps): VNode =>
  html`<div class=${`share ${main ? 'main' : ''}`} role="meter" aria-label=${label} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(100 * share)} aria-valuetext=${formatPercent(share)}>
    <span style=${{ width: `${100 * Math.min(1, Math.max(0, share))}%` }}></span>
  </div>`

type Candidate = { label: string; confidence: number }

/** The most that is worth a look. */
const MOST = 4

/** Other labels that it might be, the likeliest first. */
export function Candidates({ candidates }: { candidates: readonly Candidate[] }): VNode | null {
  const { try: w } = words()
  const some = candidates.slice(0, MOST)
  if (some.length === 0) return null
  return html`<div class="candidates">
    <p class="candidates-title">${w.others}</p>
    <ul>${some.map(
      ({ label, confidence }) => html`<li key=${label}>
        <bdi>${label}</bdi><span class="quiet">${formatPercent(confidence)}</span>
        <${ShareBar} share=${confidence} label=${label} />
      </li>`,
    )}</ul>
  </div>`
}
