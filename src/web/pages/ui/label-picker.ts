import type { Results } from '../../../commands/results.ts'
import { read } from '../lib/api.ts'
import { html, useEffect, useRef, useState, type VNode } from '../lib/html.ts'
import { may } from '../lib/me.ts'
import { useLoaded } from '../lib/use-loaded.ts'
import { words } from '../lib/words.ts'
import { Dialog } from './dialog.ts'
import { LabelPicture } from './label-picture.ts'
import { ErrorState, Loading } from './states.ts'

export type LabelRow = { label: string; examples: number }

type LabelPickerProps = {
  onPick: (label: string) => void
  onClose: () => void
  title?: string
  /** The likeliest first: they come before the others. */
  likely?: readonly string[]
  /** Those that make no sense here, as the label that it has. */
  without?: readonly string[]
  /** Whether a label may be made by typing it. By default yes. */
  allowNew?: boolean
}

/** Options that are drawn: of thousands one types a part of the name. */
const MOST_SHOWN = 60

/** Options with a picture: those that are in view at first. */
const WITH_PICTURE = 12

/** All labels here, with how many pictures they have. */
export async function readLabels(): Promise<LabelRow[]> {
  const answered = (await read('labels')).find(({ key }) => key === 'labels')
  return (answered?.values as Results['labels'] | undefined)?.labels ?? []
}

/** Asks for a label: typed, or chosen from those that there are. */
export function LabelPicker({
  onPick,
  onClose,
  title,
  likely = [],
  without = [],
  allowNew = true,
}: LabelPickerProps): VNode {
  const { picker } = words().shell
  const { value: labels, error, reload } = useLoaded(readLabels, [])
  return html`<${Dialog} title=${title ?? picker.title} onClose=${onClose} class="label-picker">
    ${
      error !== undefined
        ? html`<${ErrorState} error=${error} retry=${reload} />`
        : labels
          ? html`<${Choices} labels=${order(labels, likely, without)} allowNew=${allowNew} onPick=${onPick} />`
          : html`<${Loading} count=${4} />`
    }
  <//>`
}

function order(labels: readonly LabelRow[], likely: readonly string[], without: readonly string[]): LabelRow[] {
  const rank = (label: string): number => (likely.includes(label) ? likely.indexOf(label) : likely.length)
  return labels.filter(({ label }) => !without.includes(label)).toSorted((a, b) => rank(a.label) - rank(b.label))
}

/** For comparing names as they are typed: without case, and in all of Unicode's widths. */
const key = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

type ChoicesProps = { labels: readonly LabelRow[]; allowNew: boolean; onPick: (label: string) => void }
type Entry = LabelRow & { isNew?: true }

function Choices({ labels, allowNew, onPick }: ChoicesProps): VNode {
  const { picker } = words().shell
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const field = useRef<HTMLInputElement>(null)
  // The labels may come after the dialog has opened.
  useEffect(() => field.current?.focus(), [])
  const wanted = key(typed)
  const showsPictures = may('teacher') || may('reviewer')
  const found: Entry[] = labels.filter(({ label }) => key(label).includes(wanted)).slice(0, MOST_SHOWN)
  if (allowNew && wanted && !labels.some(({ label }) => key(label) === wanted))
    found.push({ label: typed.trim(), examples: 0, isNew: true })
  const current = Math.min(at, found.length - 1)
  useEffect(() => list.current?.children[current]?.scrollIntoView({ block: 'nearest' }), [current])
  const press = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const chosen = found[current]
    if (event.isComposing) return
    if (step !== 0) setAt((current + step + found.length) % Math.max(1, found.length))
    else if (event.key === 'Enter' && chosen) onPick(chosen.label)
    else return
    event.preventDefault()
  }
  const input = ({ currentTarget }: { currentTarget: HTMLInputElement }): void => {
    setTyped(currentTarget.value)
    setAt(0)
  }
  const option = (entry: Entry, i: number): VNode => {
    const { label, examples, isNew } = entry
    const thumbnail = i < WITH_PICTURE && !isNew && showsPictures
    return html`<li key=${`${isNew} ${label}`} id=${`picked-${i}`} role="option" aria-selected=${i === current ? 'true' : 'false'} onClick=${() => onPick(label)}>
      ${thumbnail && html`<${LabelPicture} label=${label} />`}<bdi>${isNew ? picker.make(label) : label}</bdi>${!isNew && html`<small>${picker.pictures(examples)}</small>`}
    </li>`
  }
  const hint = allowNew ? picker.search : picker.searchOnly
  return html`<div class="choices">
    <input type="text" ref=${field} role="combobox" autocomplete="off" maxlength="100" placeholder=${hint} aria-label=${hint} aria-expanded="true"
      aria-controls="picked" aria-activedescendant=${found.length > 0 ? `picked-${current}` : undefined} value=${typed} onInput=${input} onKeyDown=${press} />
    <ul id="picked" role="listbox" aria-label=${picker.title} ref=${list}>${found.map(option)}</ul>
    ${found.length === 0 && html`<p class="quiet">${labels.length === 0 ? picker.empty : picker.none}</p>`}
  </div>`
}
