import { useRevision } from '../lib/events.ts'
import { html, useEffect, type VNode } from '../lib/html.ts'
import { datasetHere, loadMe, may } from '../lib/me.ts'
import { hrefOf, place, setQuery } from '../lib/place.ts'
import { loadStyle } from '../lib/style.ts'
import { useLoaded } from '../lib/use-loaded.ts'
import { words } from '../lib/words.ts'
import { LinkButton } from '../ui/button.ts'
import { Tabs } from '../ui/form.ts'
import { Markdown } from '../ui/markdown.ts'
import { PageHead } from '../ui/page-head.ts'
import { Empty, ErrorState, Loading } from '../ui/states.ts'
import { ByLabel } from './by-label.ts'
import { Confusion } from './confusion.ts'
import { type Model, readModel } from './data.ts'
import { Overview } from './overview.ts'
import { TrainButton, TrainingPanel, useTraining } from './training.ts'
import { Versions } from './versions.ts'

await loadStyle(new URL('./model.css', import.meta.url).href)

export default function Page(): VNode {
  const { model: w } = words()
  const revision = useRevision()
  const { server, dataset } = place.value
  const { value: model, error, reload } = useLoaded(readModel, [revision, server, dataset])
  const training = useTraining(model && (model.versions.at(-1)?.version ?? 0), reload)
  useEffect(() => {
    if (revision > 0) void loadMe().catch(() => {})
  }, [revision])
  return html`<div class="page model">
    <${PageHead} title=${w.title}>
      ${model && model.versions.length > 0 && may('trainer') && html`<${TrainButton} training=${training} label=${w.trainAgain} />`}
    <//>
    <${TrainingPanel} training=${training} versions=${model?.versions ?? []} />
    ${
      error !== undefined
        ? html`<${ErrorState} error=${error} retry=${reload} />`
        : !model
          ? html`<${Loading} count=${6} />`
          : model.versions.length === 0
            ? html`<${NotTrained} training=${training} />`
            : html`<${Understanding} model=${model} reload=${reload} />`
    }
  </div>`
}

const TABS = ['overview', 'labels', 'versions'] as const

function Understanding({ model, reload }: { model: Model; reload: () => void }): VNode {
  const { model: w } = words()
  const { stats, headline, versions } = model
  const wanted = TABS.find((tab) => tab === place.value.query.tab) ?? 'overview'
  if (!stats)
    return html`<div class="stack"><p class="quiet">${w.managersOnly}</p><${Versions} versions=${versions} onChanged=${reload} /></div>`
  const tabs = TABS.map((key) => ({ key, label: w.tabs[key], ...(key === 'versions' && { count: versions.length }) }))
  return html`<div class="stack">
    ${headline && html`<p class="model-headline"><${Markdown} text=${headline} /></p>`}
    <${Tabs} label=${w.tabs.label} tabs=${tabs} current=${wanted} onChange=${(tab: string) => setQuery({ tab })}>
      ${wanted === 'overview' && html`<${Overview} model=${model} stats=${stats} />`}
      ${
        wanted === 'labels' &&
        html`<div class="sections">
          <${ByLabel} stats=${stats} />
          ${stats.confusion && html`<${Confusion} confusion=${stats.confusion} />`}
        </div>`
      }
      ${wanted === 'versions' && html`<${Versions} versions=${versions} onChanged=${reload} />`}
    <//>
  </div>`
}

/** Fewer pictures are told what is missing by the training itself. */
const LEAST_PICTURES = 2

function NotTrained({ training }: { training: ReturnType<typeof useTraining> }): VNode {
  const { model: w } = words()
  const { labels = 0, examples = 0 } = datasetHere() ?? {}
  if (examples < LEAST_PICTURES)
    return html`<${Empty} icon="model" title=${w.tooFew} text=${w.tooFewText}>
      ${may('teacher') && html`<${LinkButton} kind="primary" icon="add" href=${hrefOf('add')}>${w.add}<//>`}
    <//>`
  return html`<${Empty} icon="sparkle" title=${w.notTrained} text=${w.notTrainedText(labels, examples)}>
    ${may('trainer') && html`<${TrainButton} training=${training} label=${w.train} />`}
  <//>`
}
