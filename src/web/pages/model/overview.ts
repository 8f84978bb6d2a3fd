import { html, type VNode } from '../lib/html.ts'
import { hrefOf } from '../lib/place.ts'
import { formatNumber, formatPercent, words } from '../lib/words.ts'
import { AdviceList } from './advice.ts'
import { CalibrationChart, LearningChart } from './curves.ts'
import type { Model, Stats } from './data.ts'

type OverviewProps = { model: Model; stats: Stats }

/** How good it is, in a few numbers, and what would make it better. */
export const Overview = ({ model, stats }: OverviewProps): VNode =>
  html`<div class="sections">
    <${Figures} model=${model} stats=${stats} />
    ${stats.grades && html`<${Grades} stats=${stats} />`}
    ${stats.advice && html`<${AdviceList} advice=${stats.advice} />`}
    <div class="pair">
      ${stats.calibration.length > 0 && html`<${CalibrationChart} stats=${stats} />`}
      ${stats.learning && stats.learning.curve.length > 1 && html`<${LearningChart} curve=${stats.learning.curve} />`}
    </div>
  </div>`

function Figures({ model: { suspects }, stats }: OverviewProps): VNode {
  const { figures: w } = words().model
  const { accuracy, accuracyInterval, balancedAccuracy, live, calibrationError } = stats
  const range = (interval: readonly [number, number] | null): string => (interval ? w.interval(...interval) : '')
  return html`<dl class="figures">
    <${Figure} name="accuracy" title=${w.accuracy} value=${accuracy} note=${accuracy === null ? w.notMeasured : range(accuracyInterval)} />
    <${Figure} name="balanced" title=${w.balanced} value=${balancedAccuracy} note=${calibrationError === null ? '' : w.calibration(calibrationError)} />
    <${Figure} name="feedback" title=${w.feedback} value=${live.accuracy}
      note=${live.judged === 0 ? w.noFeedback : `${w.feedbackOf(live.right, live.judged)}. ${range(live.interval)}`} />
    ${
      suspects !== undefined &&
      html`<div class="card figure" data-figure="suspects">
        <dt>${w.suspects}</dt>
        <dd><strong>${formatNumber(suspects)}</strong></dd>
        <dd class="quiet">${suspects > 0 ? html`<a data-page href=${hrefOf('review')}>${w.review}</a>` : w.noSuspects}</dd>
      </div>`
    }
  </dl>`
}

type FigureProps = { name: string; title: string; value: number | null; note: string }

const Figure = ({ name, title, value, note }: FigureProps): VNode =>
  html`<div class="card figure" data-figure=${name}>
    <dt>${title}</dt>
    <dd><strong>${value === null ? '–' : formatPercent(value, 1)}</strong></dd>
    ${note && html`<dd class="quiet">${note}</dd>`}
  </div>`

/** How answers are given: a bar whose parts are as long as they are frequent. */
function Grades({ stats: { grades, accuracy, recognition } }: { stats: Stats }): VNode {
  const { grades: w } = words().model
  return html`<section class="stack">
    <h2>${w.title}</h2>
    <div class="grade-bar" aria-hidden="true">${(grades ?? []).map(
      ({ grade, share }) => html`<span key=${grade} class=${`grade ${grade}`} style=${{ flexGrow: share }}></span>`,
    )}</div>
    <ul class="grade-list">${(grades ?? []).map(
      ({ grade, share, accuracy: right }) => html`<li key=${grade}>
        <span class=${`dot ${grade}`}></span><strong>${w[grade]}</strong> ${formatPercent(share)}
        ${right !== null && accuracy !== null && grade !== 'unknown' && html` <small>${w.right(right)}</small>`}
      </li>`,
    )}</ul>
    ${recognition && html`<p class="quiet">${w.known(recognition.knownAccepted, recognition.strangeRefused)}</p>`}
  </section>`
}
