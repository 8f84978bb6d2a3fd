import type { BackboneFacts as Facts } from '../../../../../models/backbones/catalogue.ts'
import { html, type VNode } from '../../lib/html.ts'
import { formatNumber, words } from '../../lib/words.ts'

/** What is known of a network: size, licence, time a picture. */
export function BackboneFacts({ facts }: { facts: Facts | null }): VNode | null {
  if (!facts) return null
  const { manage: w } = words()
  const size = formatNumber(facts.bytes / 1e6, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 })
  const time =
    facts.milliseconds === null
      ? undefined
      : w.perPicture(formatNumber(facts.milliseconds, { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 }))
  return html`<small class="facts">${[size, time, w.licence(facts.licence)].filter(Boolean).join(' · ')}</small>`
}
