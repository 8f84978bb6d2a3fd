import type { Results } from '../../../commands/results.ts'
import { run } from '../lib/api.ts'
import { html, useState, type VNode } from '../lib/html.ts'
import { may } from '../lib/me.ts'
import { formatDate, formatNumber, formatPercent, words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { confirm } from '../ui/dialog.ts'
import { Named } from '../ui/named.ts'
import { toast, toastError } from '../ui/toast.ts'
import { Comparison } from './comparison.ts'
import { AccuracyChart } from './curves.ts'
import type { Version } from './data.ts'
import { sayWhy } from './say-why.ts'

type VersionsProps = { versions: readonly Version[]; onChanged: () => void }

/** Every version that is kept, the latest first: how good it is, where it is from, and what it would change. */
export function Versions({ versions, onChanged }: VersionsProps): VNode {
  const { versions: w } = words().model
  const [compared, setCompared] = useState<number | undefined>(undefined)
  const active = versions.find(({ current }) => current)
  const previous = versions.findLast(({ version }) => version < (active?.version ?? 0))
  const activate = async (target: Version): Promise<void> => {
    const isWanted = await confirm({
      title: w.ask(target.version),
      text: askText(target, active),
      action: w.askAction(target.version),
    })
    if (!isWanted) return
    try {
      const [done] = await run('rollback', { version: `${target.version}` })
      const { from } = done?.values as Results['rolledBack']
      const back = async (): Promise<void> => {
        await run('rollback', { version: `${from}` })
        onChanged()
      }
      toast(done?.answer.headline.replaceAll('**', '') ?? '', { tone: 'good', ...(from !== null && { undo: back }) })
      onChanged()
    } catch (error) {
      toastError(error)
    }
  }
  const measured = versions.filter(({ accuracy }) => accuracy !== null)
  return html`<div class="sections">
    ${measured.length > 1 && html`<${AccuracyChart} versions=${versions} />`}
    <section class="stack">
      <div class="row spread">
        <h2>${w.title}</h2>
        ${previous && may('manager') && html`<${Button} icon="undo" onClick=${() => activate(previous)}>${w.rollBack}<//>`}
      </div>
      <ol class="versions">${versions.toReversed().map(
        (
          version,
        ) => html`<${Row} key=${version.version} version=${version} isFirst=${version === versions[0]} isAlone=${versions.length < 2}
            onActivate=${activate} onCompare=${() => setCompared(version.version)} />`,
      )}</ol>
    </section>
    ${
      compared !== undefined &&
      html`<${Comparison} versions=${versions} first=${compared} active=${active?.version} onClose=${() => setCompared(undefined)} />`
    }
  </div>`
}

function askText(target: Version, active: Version | undefined): string {
  const { versions: w } = words().model
  if (!active) return ''
  const accuracy =
    target.accuracy !== null && active.accuracy !== null ? w.askAccuracy(active.accuracy, target.accuracy) : ''
  return w.askText(active.version, accuracy)
}

type RowProps = {
  version: Version
  isFirst: boolean
  isAlone: boolean
  onActivate: (version: Version) => void
  onCompare: () => void
}

function Row({ version: v, isFirst, isAlone, onActivate, onCompare }: RowProps): VNode {
  const { versions: w, figures } = words().model
  const interval = v.accuracyInterval && figures.interval(v.accuracyInterval[0], v.accuracyInterval[1])
  return html`<li class=${`card version ${v.current ? 'current' : ''}`} data-version=${v.version}>
    <div class="version-main">
      <h3>${w.version(v.version)} ${v.current && html`<span class="badge active">${w.active}</span>`}</h3>
      <p><strong>${v.accuracy === null ? w.notMeasured : formatPercent(v.accuracy, 1)}</strong> ${interval && html`<small>${interval}</small>`}</p>
      <p class="quiet">${w.learned(v.labels, v.examples)} · ${v.head}</p>
      ${!isFirst && v.labelsAdded.length > 0 && html`<p><bdi>${w.added(list(v.labelsAdded))}</bdi></p>`}
      ${v.labelsRemoved.length > 0 && html`<p><bdi>${w.removed(list(v.labelsRemoved))}</bdi></p>`}
    </div>
    <div class="version-origin">
      <p><time datetime=${v.madeAt}>${formatDate(v.madeAt)}</time></p>
      ${v.madeBy && html`<p class="quiet">${w.trainedBy} <bdi><${Named} kind="person" id=${v.madeBy} /></bdi></p>`}
      <p class="quiet">${sayWhy(v)}</p>
      ${v.activatedBy && v.activatedAt && html`<p class="quiet">${w.activatedBy} <bdi><${Named} kind="person" id=${v.activatedBy} /></bdi>, ${formatDate(v.activatedAt)}</p>`}
    </div>
    <div class="actions end">
      ${!isAlone && html`<${Button} size="small" kind="quiet" onClick=${onCompare}>${w.compare}<//>`}
      ${!v.current && may('manager') && html`<${Button} size="small" onClick=${() => onActivate(v)}>${w.activate}<//>`}
    </div>
  </li>`
}

/** Labels that are named. */
const NAMED = 5

const list = (labels: readonly string[]): string =>
  labels.slice(0, NAMED).join(', ') + (labels.length > NAMED ? ` … +${formatNumber(labels.length - NAMED)}` : '')
