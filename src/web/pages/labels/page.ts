import type { Results } from '../../../commands/results.ts'
import { type PageResult, run } from '../lib/api.ts'
import { useRevision } from '../lib/events.ts'
import { html, useState, type VNode } from '../lib/html.ts'
import { datasetHere, may } from '../lib/me.ts'
import { hrefOf } from '../lib/place.ts'
import { loadStyle } from '../lib/style.ts'
import { useLoaded } from '../lib/use-loaded.ts'
import { words } from '../lib/words.ts'
import { LinkButton } from '../ui/button.ts'
import { readInto } from '../ui/choice-button.ts'
import { Select } from '../ui/form.ts'
import { PageHead } from '../ui/page-head.ts'
import { Empty, ErrorState, Loading } from '../ui/states.ts'
import { DeletedLabels } from './deleted.ts'
import { LabelCard } from './label-card.ts'
import { type Order, sorted } from './order.ts'

await loadStyle(new URL('./labels.css', import.meta.url).href)

type Listed = Results['labels']
const valuesOf = (results: PageResult[]): Listed => results.find(({ key }) => key === 'labels')?.values as Listed

/** All labels, and what can be done with each. */
export default function Page(): VNode {
  const { labels: w } = words()
  const revision = useRevision()
  const { value, error, reload } = useLoaded(async () => valuesOf(await run('labels')), [revision])
  const pictures = datasetHere()?.examples ?? 0
  if (error !== undefined) return html`<div class="page"><${ErrorState} error=${error} retry=${reload} /></div>`
  if (!value) return html`<div class="page"><${Loading} count=${8} /></div>`
  return html`<div class="page">
    <${PageHead} title=${w.title} text=${value.labels.length > 0 ? w.text(value.labels.length, pictures) : undefined}>
      ${may('teacher') && html`<${LinkButton} href=${hrefOf('add')} icon="add">${w.add}<//>`}
    <//>
    ${value.labels.length === 0 ? html`<${Empty} icon="label" title=${w.empty} text=${w.emptyText} />` : html`<${List} listed=${value} onChanged=${reload} />`}
    ${may('teacher') && html`<${DeletedLabels} revision=${revision} onChanged=${reload} />`}
  </div>`
}

function List({ listed: { labels, alike }, onChanged }: { listed: Listed; onChanged: () => void }): VNode {
  const { labels: w } = words()
  const [search, setSearch] = useState('')
  const [order, setOrder] = useState<Order>('name')
  const found = sorted(labels, order).filter(({ label }) => label.toLowerCase().includes(search.trim().toLowerCase()))
  const orders = Object.entries(w.orders).map(([value, label]) => ({ value, label }))
  return html`<section class="labels">
    <div class="labels-tools">
      <input type="search" aria-label=${w.search} placeholder=${w.search} value=${search} onInput=${readInto(setSearch)} />
      <${Select} label=${w.order} value=${order} options=${orders} onChange=${(value: string) => setOrder(value as Order)} />
    </div>
    ${alike && html`<p class="notice">${w.alike} ${alike.map((names) => names.join(' / ')).join(', ')}</p>`}
    ${found.length === 0 && html`<p class="quiet">${w.noneFound}</p>`}
    <ul class="label-list">${found.map((row) => html`<${LabelCard} key=${row.label} row=${row} onChanged=${onChanged} />`)}</ul>
  </section>`
}
