import { language } from '../lib/words.ts'
import type { LabelRow } from '../ui/label-picker.ts'

export type Order = 'name' | 'most' | 'fewest'

export function sorted(labels: readonly LabelRow[], order: Order): LabelRow[] {
  const { compare } = new Intl.Collator(language.value, { numeric: true })
  const byName = [...labels].sort((a, b) => compare(a.label, b.label))
  if (order === 'name') return byName
  const sign = order === 'most' ? -1 : 1
  return byName.sort((a, b) => sign * (a.examples - b.examples))
}
