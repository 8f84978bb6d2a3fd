import type { Results } from '../../../commands/results.ts'
import { read } from '../lib/api.ts'
import { html, useState, type VNode } from '../lib/html.ts'
import { useLoaded } from '../lib/use-loaded.ts'
import { formatPercent, words } from '../lib/words.ts'
import { Dialog } from '../ui/dialog.ts'
import { Field, Select } from '../ui/form.ts'
import { ErrorState, Loading } from '../ui/states.ts'
import type { Version } from './data.ts'

type Compared = Results['versionsCompared']
type ComparisonProps = {
  versions: readonly Version[]
  /** The one that is compared with the active one, or with the one before, if it is that itself. */
  first: number
  active: number | undefined
  onClose: () => void
}

/** Two versions, label by label. */
export function Comparison({ versions, first, active, onClose }: ComparisonProps): VNode {
  const { comparison: w, versions: v } = words().model
  const others = versions.filter(({ version }) => version !== first)
  const before = others.findLast(({ version }) => version < first) ?? others[0]
  const isActive = first === active || active === undefined
  const [from, setFrom] = useState(isActive ? (before?.version ?? first) : first)
  const [to, setTo] = useState(isActive ? first : active)
  const { value, error, reload } = useLoaded(async () => {
    const [result] = await read('versions', { from, to })
    return result?.values as Compared
  }, [from, to])
  const options = versions.map(({ version }) => ({ value: `${version}`, label: v.version(version) }))
  return html`<${Dialog} title=${w.title} onClose=${onClose} wide>
    <div class="row">
      <${Field} label=${w.from}><${Select} value=${`${from}`} options=${options} onChange=${(n: string) => setFrom(Number(n))} /><//>
      <${Field} label=${w.to}><${Select} value=${`${to}`} options=${options} onChange=${(n: string) => setTo(Number(n))} /><//>
    </div>
    ${error !== undefined ? html`<${ErrorState} error=${error} retry=${reload} />` : value ? html`<${Differences} compared=${value} />` : html`<${Loading} />`}
  <//>`
}

/** Changes of a label's recall that are smaller are noise. */
const LEAST_CHANGE = 0.05

function Differences({ compared }: { compared: Compared }): VNode {
  const { comparison: w } = words().model
  const { from, to, labels, labelsAdded, labelsRemoved } = compared
  const rows = labels.map((row) => ({ ...row, change: row.from === null || row.to === null ? 0 : row.to - row.from }))
  const better = rows.filter(({ change }) => change >= LEAST_CHANGE).length
  const worse = rows.filter(({ change }) => change <= -LEAST_CHANGE).length
  const share = (value: number | null): string => (value === null ? '–' : formatPercent(value, 1))
  return html`<div class="stack">
    <p>${w.accuracy}: <strong>${share(from.accuracy)} → ${share(to.accuracy)}</strong></p>
    <p class="row"><span class="better">▲ ${w.better(better)}</span> <span class="worse">▼ ${w.worse(worse)}</span> <span class="quiet">${w.same(rows.length - better - worse)}</span></p>
    ${labelsAdded.length > 0 && html`<p><bdi>${w.onlyIn(to.version, labelsAdded.join(', '))}</bdi></p>`}
    ${labelsRemoved.length > 0 && html`<p><bdi>${w.onlyIn(from.version, labelsRemoved.join(', '))}</bdi></p>`}
    <div class="table-scroll" tabindex="0" role="region" aria-label=${w.title}><table class="by-label">
      <thead><tr><th scope="col">${w.label}</th><th scope="col">${from.version}</th><th scope="col">${to.version}</th><th scope="col">${w.change}</th></tr></thead>
      <tbody>${rows.map(
        (row) => html`<tr key=${row.label}>
          <th scope="row"><bdi>${row.label}</bdi></th>
          <td class="number">${share(row.from)}</td>
          <td class="number">${share(row.to)}</td>
          <td class=${row.change >= LEAST_CHANGE ? 'better' : row.change <= -LEAST_CHANGE ? 'worse' : 'quiet'}>${row.from === null || row.to === null ? '–' : w.points(row.change)}</td>
        </tr>`,
      )}</tbody>
    </table></div>
  </div>`
}
