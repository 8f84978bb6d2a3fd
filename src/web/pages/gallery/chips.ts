import { html, useEffect, type VNode } from '../lib/html.ts'
import { nameOf, wantName } from '../lib/names.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { Icon } from '../ui/icon.ts'
import { type Filter, NO_FILTER, TEXTS, type TextFilter } from './filter.ts'

type Chip = { key: string; says: string; without: Partial<Filter> }

/** Each filter that is set, with what takes it away. */
export function listChips(filter: Filter): Chip[] {
  const { gallery } = words()
  const { labels, state, suspects } = filter
  const chips: Chip[] = labels.map((label) => ({
    key: `label ${label}`,
    says: gallery.chips.label(label),
    without: { labels: labels.filter((each) => each !== label) },
  }))
  if (state !== 'kept')
    chips.push({ key: 'state', says: gallery.chips.state(gallery.states[state]), without: { state: 'kept' } })
  if (suspects) chips.push({ key: 'suspects', says: gallery.chips.suspects, without: { suspects: false } })
  for (const key of TEXTS)
    if (filter[key] !== '') chips.push({ key, says: sayText(key, filter[key]), without: { [key]: '' } })
  return chips
}

function sayText(key: TextFilter, value: string): string {
  const { chips } = words().gallery
  switch (key) {
    case 'score':
    case 'width':
    case 'height':
    case 'contrast':
      return chips[key](Number(value))
    case 'by':
      return chips.by(nameOf('person', value) ?? value)
    default:
      return chips[key](value)
  }
}

type ChipsProps = { filter: Filter; onChange: (changed: Partial<Filter>) => void }

export function Chips({ filter, onChange }: ChipsProps): VNode | null {
  const { gallery } = words()
  const { by } = filter
  useEffect(() => {
    if (by !== '') wantName('person', by)
  }, [by])
  const chips = listChips(filter)
  if (chips.length === 0) return null
  return html`<ul class="chips" aria-label=${gallery.filters}>
    ${chips.map(
      ({ key, says, without }) => html`<li key=${key}>
        <button type="button" class="chip" aria-label=${gallery.removeFilter(says)} onClick=${() => onChange(without)}>
          <bdi>${says}</bdi><${Icon} name="close" size=${14} />
        </button>
      </li>`,
    )}
    ${
      chips.length > 1 &&
      html`<li><${Button} kind="quiet" size="small" onClick=${() => onChange({ ...NO_FILTER, sort: filter.sort })}>${gallery.clearFilters}<//></li>`
    }
  </ul>`
}
