import { html, useState, type VNode } from '../lib/html.ts'
import { useLoaded } from '../lib/use-loaded.ts'
import { words } from '../lib/words.ts'
import { Button, IconButton } from '../ui/button.ts'
import { keepComposition } from '../ui/choice-button.ts'
import { readLabels } from '../ui/label-picker.ts'
import { discardPlan, job, start } from './job.ts'
import { countFiles, countLabels, isLabel, labelKey, type Plan, type PlanRow } from './plan.ts'
import { sendZip } from './send-zip.ts'
import type { SavedJob } from './store.ts'

/** Labels on one page: a folder of thousands of folders is looked through, too. */
const ROWS = 25

/** What will be added, before anything is sent: labels can be renamed and left out. */
export function PlanView({ plan, saved }: { plan: Plan; saved?: SavedJob | undefined }): VNode {
  const { add } = words()
  const [first, setFirst] = useState(0)
  const { value: labels } = useLoaded(readLabels, [])
  const known = labels && new Set(labels.map(({ label }) => labelKey(label)))
  const { rows, zips, skipped } = plan
  const count = countFiles(plan)
  const change = (changed: readonly PlanRow[]): void => {
    job.value = { state: 'planned', plan: { ...plan, rows: changed }, saved }
  }
  const rename = (at: number, label: string): void => change(rows.map((row, i) => (i === at ? { ...row, label } : row)))
  const leaveOut = (at: number): void => change(rows.filter((_, i) => i !== at))
  const go = (event: Event): void => {
    event.preventDefault()
    for (const zip of zips) void zip.open().then(sendZip)
    if (count > 0) void start(plan)
    else discardPlan()
  }
  const from = Math.min(first, Math.max(0, rows.length - 1))
  const shown = rows.slice(from, from + ROWS)
  const isReady = count + zips.length > 0 && rows.every(({ label }) => isLabel(label))
  const about = [count > 0 && add.planSummary(count, countLabels(plan)), skipped > 0 && add.skipped(skipped)]
  return html`<form class="card add-plan" onSubmit=${go} aria-label=${add.planTitle}>
    <div>
      <h2>${add.planTitle}</h2>
      <p class="quiet">${count + zips.length === 0 ? add.nothingFound : about.filter(Boolean).join(' · ')}</p>
      ${saved && count > 0 && html`<p class="quiet">${add.before(saved.done)}</p>`}
    </div>
    <ul class="add-rows">${shown.map(
      (
        row,
        i,
      ) => html`<${Row} key=${row.folders.join('\n')} row=${row} isNew=${known && !known.has(labelKey(row.label))}
        onLabel=${(label: string) => rename(from + i, label)} onLeaveOut=${() => leaveOut(from + i)} />`,
    )}</ul>
    ${
      rows.length > ROWS &&
      html`<div class="actions center">
        <${IconButton} icon="left" label=${words().shell.previous} disabled=${from === 0} onClick=${() => setFirst(from - ROWS)} />
        <span>${add.rowsOf(from + 1, Math.min(rows.length, from + ROWS), rows.length)}</span>
        <${IconButton} icon="right" label=${words().shell.next} disabled=${from + ROWS >= rows.length} onClick=${() => setFirst(from + ROWS)} />
      </div>`
    }
    ${zips.length > 0 && html`<ul class="add-zips">${zips.slice(0, ROWS).map(({ path }) => html`<li key=${path.join('/')}><bdi>${path.at(-1)}</bdi></li>`)}</ul>`}
    <div class="actions">
      <${Button} type="submit" kind="primary" icon="add" disabled=${!isReady}>${count > 0 ? add.start(count) : add.startZips(zips.length)}<//>
      <${Button} kind="quiet" onClick=${discardPlan}>${add.cancel}<//>
    </div>
  </form>`
}

type RowProps = {
  row: PlanRow
  /** Undefined while it is not known. */
  isNew: boolean | undefined
  onLabel: (label: string) => void
  onLeaveOut: () => void
}

function Row({ row: { label, folders, files }, isNew, onLabel, onLeaveOut }: RowProps): VNode {
  const { add } = words()
  const [folder = add.atTop, ...others] = folders
  const isTop = folders.length === 0
  const isValid = isLabel(label)
  const where = others.length > 0 ? `${folder} +${others.length}` : folder
  return html`<li class="add-row">
    <input type="text" value=${label} maxlength="200" aria-label=${add.labelOf(where)} placeholder=${isTop ? add.atTopHint : undefined} autofocus=${isTop}
      aria-invalid=${isValid ? undefined : 'true'} onKeyDown=${keepComposition}
      onInput=${({ currentTarget }: { currentTarget: HTMLInputElement }) => onLabel(currentTarget.value)} />
    <span class="add-row-about">
      <span class="add-count">${add.files(files.length)}</span>
      ${isValid && isNew && html`<span class="badge">${add.isNew}</span>`}
      <bdi class="add-folder quiet">${isValid || isTop ? where : add.tooLong}</bdi>
    </span>
    <${IconButton} size="small" icon="close" label=${add.leaveOut(label || where)} onClick=${onLeaveOut} />
  </li>`
}
