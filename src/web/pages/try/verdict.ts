import type { PageResult } from '../lib/api.ts'
import { html, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import type { Asked, Prediction } from './asked.ts'
import { Candidates, formatCertainty, ShareBar } from './candidates.ts'
import { Feedback } from './feedback.ts'

type VerdictProps = { asked: Asked; outcome: { prediction: Prediction; choices: PageResult['choices'] } }

/** The answer: which label and how certain, or that it is none of them. */
export function Verdict({ asked, outcome: { prediction, choices } }: VerdictProps): VNode {
  const { try: w } = words()
  const { grade, label, confidence, top } = prediction
  const [closest, ...others] = top
  return html`<div class="verdict">
    <p class="grade">${w.grades[grade]}</p>
    ${
      label === null
        ? html`<p class="verdict-label unknown">${w.notRecognized}</p>
            ${closest && html`<p class="quiet"><bdi>${w.closest(closest.label)}</bdi></p>`}`
        : html`<p class="verdict-label">${grade === 'unsure' && html`<small>${w.probably}</small> `}<bdi>${label}</bdi></p>
            `
    }
    ${
      label !== null &&
      html`<div class="certainty">
        <${ShareBar} share=${confidence} label=${w.certainty} main />
        <span>${formatCertainty(confidence)}</span>
      </div>`
    }
    ${label !== null && html`<${Candidates} candidates=${others} />`}
    ${asked.isConverted && html`<p class="quiet">${w.converted}</p>`}
    <${Feedback} asked=${asked} prediction=${prediction} choices=${choices} />
  </div>`
}
