import { useMemo } from '../lib/html.ts'
import { go, place } from '../lib/place.ts'
import { type Filter, hrefOfFilter, readFilter } from './filter.ts'

/** `replace`: going back does not lead to what was before. */
export type ChangeFilter = (changed: Partial<Filter>, options?: { replace?: boolean }) => void

/** The filters stand in the address: links lead to them, and going back takes them back. */
export function useFilter(): [Filter, ChangeFilter] {
  // Read for whoever goes back and forth: the address itself may name a label more than once.
  const where = place.value
  const filter = useMemo(() => readFilter(new URLSearchParams(location.search)), [where])
  const change: ChangeFilter = (changed, options = {}) => {
    const href = hrefOfFilter({ ...filter, ...changed })
    if (href !== location.pathname + location.search) go(href, options)
  }
  return [filter, change]
}
