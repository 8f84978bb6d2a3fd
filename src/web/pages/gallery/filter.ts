import { hrefOf } from '../lib/place.ts'

export const STATES = ['kept', 'excluded', 'withdrawn', 'all'] as const
export const SORTS = ['newest', 'oldest', 'label', 'file', 'size', 'score'] as const
export type State = (typeof STATES)[number]
export type Sort = (typeof SORTS)[number]

/** What narrows the gallery, as the address says it: `predicted` is what the last training recognized. Texts that are empty ask for nothing. */
export const TEXTS = [
  'by',
  'suggested',
  'predicted',
  'score',
  'width',
  'height',
  'contrast',
  'text',
  'since',
  'until',
] as const
export type TextFilter = (typeof TEXTS)[number]
export type Filter = { labels: readonly string[]; state: State; sort: Sort; suspects: boolean } & Record<
  TextFilter,
  string
>

export function readFilter(search: URLSearchParams): Filter {
  const texts = Object.fromEntries(TEXTS.map((key) => [key, search.get(key) ?? ''])) as Record<TextFilter, string>
  return {
    ...texts,
    labels: search.getAll('label'),
    state: STATES.find((each) => each === search.get('state')) ?? 'kept',
    sort: SORTS.find((each) => each === search.get('sort')) ?? 'newest',
    suspects: search.get('suspects') === 'true',
  }
}

/** What is asked for, without what is asked for anyway. */
function* entries({ labels, state, sort, suspects, ...texts }: Filter): Generator<[string, string]> {
  for (const label of labels) yield ['label', label]
  if (state !== 'kept') yield ['state', state]
  if (suspects) yield ['suspects', 'true']
  for (const key of TEXTS) if (texts[key] !== '') yield [key, texts[key]]
  if (sort !== 'newest') yield ['sort', sort]
}

const search = (pairs: Iterable<readonly [string, string]>): string => {
  const text = new URLSearchParams([...pairs].map(([key, value]) => [key, value])).toString()
  return text && `?${text}`
}

export const hrefOfFilter = (filter: Filter): string => hrefOf('gallery') + search(entries(filter))

/** As the API calls them. */
export function queryOf(filter: Filter): string {
  const pairs = [...entries(filter)].map(([key, value]) => [key === 'predicted' ? 'recognized' : key, value] as const)
  return search(pairs)
}

export const NO_FILTER: Filter = readFilter(new URLSearchParams())

export const isFiltered = (filter: Filter): boolean => queryOf({ ...filter, sort: 'newest' }) !== ''
