import { html, type VNode } from '../lib/html.ts'
import { formatPercent, words } from '../lib/words.ts'

type BarProps = { share: number; label: string; main?: boolean }

/** A share as a bar; it is read as the number beside it. */
export const ShareBar = ({ share, label, main = false }: BarProps): VNode =>
  html`<div class=${`share ${main ? 'main' : ''}`} role="meter" aria-label=${label} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(100 * share)} aria-valuetext=${formatCertainty(share)}>
    <span style=${{ width: `${100 * Math.min(1, Math.max(0, share))}%` }}></span>
  </div>`

type Candidate = { label: string; confidence: number }

/** What is worth a look: so many at most, and none that is as good as impossible. */
const MOST = 4
const LEAST = 0.005

/** From here on it would round to what nobody can be. */
const ALMOST = 0.995
const MOST_CERTAIN = 0.999

/** How certain an answer is; never 100 %. */
export const formatCertainty = (share: number): string =>
  share < ALMOST ? formatPercent(share) : formatPercent(Math.min(share, MOST_CERTAIN), 1)

/** Other labels that it might be, the likeliest first. */
export function Candidates({ candidates }: { candidates: readonly Candidate[] }): VNode | null {
  const { try: w } = words()
  const some = candidates.filter(({ confidence }) => confidence >= LEAST).slice(0, MOST)
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
