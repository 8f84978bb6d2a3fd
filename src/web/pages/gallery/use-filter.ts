import { useMemo } from '../lib/html.ts'
import { go, place } from '../lib/place.ts'
import { type Filter, hrefOfFilter, readFilter } from './filter.ts'

/** The filters stand in the address: links lead to them, and going back takes them back. */
export function useFilter(): [Filter, (changed: Partial<Filter>) => void] {
  // Read for whoever goes back and forth: the address itself may name a label more than once.
  const where = place.value
  const filter = useMemo(() => readFilter(new URLSearchParams(location.search)), [where])
  const change = (changed: Partial<Filter>): void => {
    const href = hrefOfFilter({ ...filter, ...changed })
    if (href !== location.pathname + location.search) go(href)
  }
  return [filter, change]
}
