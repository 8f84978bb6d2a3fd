import { html, type VNode } from '../lib/html.ts'
import { may } from '../lib/me.ts'
import { hrefOf } from '../lib/place.ts'
import { words } from '../lib/words.ts'
import { LinkButton } from '../ui/button.ts'
import type { Stats } from './data.ts'

type Advice = NonNullable<Stats['advice']>
type Step = { text: string; actions: { label: string; href: string }[] }

/** A gain that is smaller is not worth twice the work. */
const WORTHWHILE_GAIN = 0.01

/** What to do next, each with where it is done. */
export function AdviceList({ advice }: { advice: Advice }): VNode {
  const { advice: w } = words().model
  const steps = stepsOf(advice)
  return html`<section class="stack">
    <h2>${w.title}</h2>
    ${
      steps.length === 0
        ? html`<p class="quiet">${w.nothing}</p>`
        : html`<ul class="advice">${steps.map(
            ({ text, actions }) => html`<li key=${text}>
              <p><bdi>${text}</bdi></p>
              ${actions.length > 0 && html`<div class="actions">${actions.map(({ label, href }) => html`<${LinkButton} key=${href} class="small" href=${href}><bdi>${label}</bdi><//>`)}</div>`}
            </li>`,
          )}</ul>`
    }
  </section>`
}

function stepsOf({ neverRecognized, needMore, alike, twice }: Advice): Step[] {
  const { advice: w } = words().model
  const see = (label: string, predicted?: string) => ({ label: w.see, href: hrefOf('gallery', { label, predicted }) })
  const addTo = (label: string) => (may('teacher') ? [{ label: w.addTo(label), href: hrefOf('add', { label }) }] : [])
  const join = may('teacher') ? [{ label: w.join, href: hrefOf('labels') }] : []
  return [
    ...neverRecognized.map(({ label, takenFor }) => ({
      text: w.never(label, takenFor),
      actions: [see(label, takenFor), ...addTo(label)],
    })),
    ...needMore
      .filter(({ label }) => !neverRecognized.some((one) => one.label === label))
      .map(({ label, examples, recall }) => ({
        text: recall === null ? w.need(label, examples) : w.weak(label, recall, examples),
        actions: [...addTo(label), see(label)],
      })),
    ...alike.map(({ labels: [one, other] }) => ({ text: w.alike(one, other), actions: [see(one, other), ...join] })),
    ...(twice && twice.doubled - twice.now > WORTHWHILE_GAIN
      ? [{ text: w.twice(twice.now, twice.doubled), actions: [] }]
      : []),
  ]
}
