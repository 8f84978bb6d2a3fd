import { html, useState, type VNode } from '../lib/html.ts'
import { useLoaded } from '../lib/use-loaded.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { keepComposition } from '../ui/choice-button.ts'
import { Dialog } from '../ui/dialog.ts'
import { Field, Select } from '../ui/form.ts'
import { readLabels } from '../ui/label-picker.ts'
import { type Filter, NO_FILTER, STATES, type State, type TextFilter } from './filter.ts'
import { LabelChecks } from './label-checks.ts'

type FilterDialogProps = { filter: Filter; onChange: (changed: Partial<Filter>) => void; onClose: () => void }
type Edit = { draft: Filter; set: (changed: Partial<Filter>) => void }

/** All filters together; they work when they are sent. */
export function FilterDialog({ filter, onChange, onClose }: FilterDialogProps): VNode {
  const { gallery } = words()
  const [draft, setDraft] = useState(filter)
  const set = (changed: Partial<Filter>): void => setDraft({ ...draft, ...changed })
  const send = (event: Event): void => {
    event.preventDefault()
    onChange(draft)
    onClose()
  }
  return html`<${Dialog} title=${gallery.filters} onClose=${onClose} class="filter-dialog">
    <form class="filters" onSubmit=${send} onKeyDown=${keepComposition}>
      <${LabelChecks} chosen=${draft.labels} onChange=${(labels: string[]) => set({ labels })} />
      <${About} draft=${draft} set=${set} />
      <${Model} draft=${draft} set=${set} />
      <${PictureFields} draft=${draft} set=${set} />
      <div class="actions end filter-actions">
        <${Button} onClick=${() => setDraft({ ...NO_FILTER, sort: draft.sort })}>${gallery.clearFilters}<//>
        <${Button} kind="primary" type="submit">${gallery.show}<//>
      </div>
    </form>
  <//>`
}

function About({ draft, set }: Edit): VNode {
  const { gallery } = words()
  const w = gallery.filter
  const states = STATES.map((value) => ({ value, label: gallery.states[value] }))
  return html`<div class="field-pair">
    <${Field} label=${w.state}><${Select} value=${draft.state} options=${states} onChange=${(state: State) => set({ state })} /><//>
    <${Text} of="by" label=${w.by} hint=${w.byHint} draft=${draft} set=${set} />
    <${Text} of="since" type="date" label=${w.since} draft=${draft} set=${set} />
    <${Text} of="until" type="date" label=${w.until} draft=${draft} set=${set} />
    <${Text} of="text" label=${w.text} draft=${draft} set=${set} />
  </div>`
}

function Model({ draft, set }: Edit): VNode {
  const w = words().gallery.filter
  const { value: labels = [] } = useLoaded(readLabels, [])
  const options = (chosen: string) => {
    const names = new Set([...labels.map(({ label }) => label), ...(chosen ? [chosen] : [])])
    return [{ value: '', label: w.any }, ...[...names].map((label) => ({ value: label, label }))]
  }
  const percent = draft.score === '' ? '' : String(Math.round(100 * Number(draft.score)))
  const setScore = (text: string): void => set({ score: text === '' ? '' : String(Number(text) / 100) })
  return html`<div class="stack">
    <label class="check">
      <input type="checkbox" checked=${draft.suspects} onChange=${() => set({ suspects: !draft.suspects })} />
      <span>${w.suspects}</span>
    </label>
    <div class="field-pair">
      <${Field} label=${w.predicted}>
        <${Select} value=${draft.predicted} options=${options(draft.predicted)} onChange=${(predicted: string) => set({ predicted })} />
      <//>
      <${Field} label=${w.suggested}>
        <${Select} value=${draft.suggested} options=${options(draft.suggested)} onChange=${(suggested: string) => set({ suggested })} />
      <//>
      <${Field} label=${w.score}>
        <input type="number" min="0" max="100" step="1" inputmode="numeric" value=${percent} onInput=${({ currentTarget }: { currentTarget: HTMLInputElement }) => setScore(currentTarget.value)} />
      <//>
    </div>
  </div>`
}

function PictureFields({ draft, set }: Edit): VNode {
  const w = words().gallery.filter
  return html`<div class="field-pair">
    <${Text} of="width" type="number" label=${w.width} draft=${draft} set=${set} />
    <${Text} of="height" type="number" label=${w.height} draft=${draft} set=${set} />
    <${Text} of="contrast" type="number" max="128" label=${w.contrast} hint=${w.contrastHint} draft=${draft} set=${set} />
  </div>`
}

type TextProps = Edit & {
  of: TextFilter
  label: string
  hint?: string
  type?: 'text' | 'number' | 'date'
  max?: string
}

function Text({ of, label, hint, type = 'text', max, draft, set }: TextProps): VNode {
  const change = ({ currentTarget }: { currentTarget: HTMLInputElement }): void => set({ [of]: currentTarget.value })
  const limits =
    type === 'number'
      ? { min: of === 'contrast' ? 0 : 1, max, step: 1, inputmode: 'numeric' }
      : type === 'date'
        ? { max: today() }
        : {}
  return html`<${Field} label=${label} hint=${hint}><input type=${type} ...${limits} value=${draft[of]} onInput=${change} /><//>`
}

/** As fields of dates have it: Swedish dates are those of ISO 8601. */
const today = (): string => new Intl.DateTimeFormat('sv-SE').format()
