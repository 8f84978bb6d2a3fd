import { html, useEffect, useRef, useState, type VNode } from '../lib/html.ts'
import { useShortcuts } from '../lib/keys.ts'
import { useTyped } from '../lib/use-typed.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { Select } from '../ui/form.ts'
import { Icon } from '../ui/icon.ts'
import { Chips, listChips } from './chips.ts'
import { type Filter, SORTS, type Sort } from './filter.ts'
import { FilterDialog } from './filter-dialog.ts'
import type { ChangeFilter } from './use-filter.ts'

/** Sides of thumbnails in pixels. */
export const SIZES = { smallest: 88, usual: 160, largest: 320, step: 8 } as const
/** Milliseconds after the last letter, when what was typed is searched. */
const TYPED_MS = 300

type ToolsProps = {
  filter: Filter
  onChange: ChangeFilter
  size: number
  onSize: (size: number) => void
}

/** What narrows and orders the gallery. It stays in view. */
export function Tools({ filter, onChange, size, onSize }: ToolsProps): VNode {
  const { gallery } = words()
  const [isOpen, setOpen] = useState(false)
  const active = listChips(filter).length
  const sorts = SORTS.map((value) => ({ value, label: gallery.sorts[value] }))
  // Letter by letter is one step to go back.
  const search = (text: string): void => onChange({ text }, { replace: text !== '' && filter.text !== '' })
  const resize = ({ currentTarget }: { currentTarget: HTMLInputElement }): void => onSize(Number(currentTarget.value))
  return html`<div class="gallery-tools">
    <div class="tools-row" role="search">
      <${Search} text=${filter.text} onSearch=${search} />
      <${Button} icon="manage" aria-haspopup="dialog" onClick=${() => setOpen(true)}>
        ${gallery.filters}${active > 0 && html`<span class="badge">${active}</span><span class="hidden">${gallery.active}</span>`}
      <//>
      <${Select} label=${gallery.sort} value=${filter.sort} options=${sorts} onChange=${(sort: Sort) => onChange({ sort })} />
      <label class="size">
        <span class="hidden">${gallery.cellSize}</span>
        <${Icon} name="gallery" size=${16} />
        <input type="range" min=${SIZES.smallest} max=${SIZES.largest} step=${SIZES.step} value=${size} onInput=${resize} />
      </label>
    </div>
    <${Chips} filter=${filter} onChange=${onChange} />
    ${isOpen && html`<${FilterDialog} filter=${filter} onChange=${onChange} onClose=${() => setOpen(false)} />`}
  </div>`
}

type Typed = { currentTarget: HTMLInputElement; isComposing?: boolean }

function Search({ text, onSearch }: { text: string; onSearch: (text: string) => void }): VNode {
  const { gallery } = words()
  const [typed, setTyped] = useTyped(text)
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useShortcuts(gallery.keys.title, [{ key: '/', says: gallery.keys.search, run: () => input.current?.focus() }])
  const type = ({ currentTarget: { value }, isComposing }: Typed): void => {
    setTyped(value)
    clearTimeout(timer.current)
    // A word that is still composed is not searched.
    if (isComposing) return
    timer.current = setTimeout(() => onSearch(value.trim()), TYPED_MS)
  }
  return html`<label class="search">
    <${Icon} name="search" size=${16} />
    <input ref=${input} type="search" autocomplete="off" aria-label=${gallery.search} placeholder=${gallery.search} value=${typed} onInput=${type} onCompositionEnd=${type} />
  </label>`
}
