import { signal } from './html.ts'
import { remember, remembered } from './storage.ts'

/** Where somebody is: a page of a dataset of a server, with what the address says besides. */
type Place = { server: string; dataset: string; page: string; query: Record<string, string> }

/** The terminal's own server, whose id is empty, as addresses call it. */
export const LOCAL = 'local'
export const FIRST_PAGE = 'try'

export const place = signal<Place>(read(location))

function read({ pathname, search }: Pick<Location, 'pathname' | 'search'>): Place {
  const [server = '', dataset = '', page = FIRST_PAGE] = pathname.split('/').filter(Boolean).map(decode)
  return { server, dataset, page, query: Object.fromEntries(new URLSearchParams(search)) }
}

/** A part of an address that is no text stays as it is. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The address of a page here. Empty values of the query are left out. */
export const hrefOf = (page: string, query: Record<string, string | number | undefined> = {}): string =>
  hrefIn({ ...place.value, page }, query)

/** The address of a page anywhere. */
export function hrefIn(
  { server, dataset, page }: Pick<Place, 'server' | 'dataset' | 'page'>,
  query: Record<string, string | number | undefined> = {},
): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
  return `/${[server, dataset, page].map(encodeURIComponent).join('/')}${search && `?${search}`}`
}

/** Shows another page, as a link does. `replace`: the one before is not gone back to. */
export function go(href: string, { replace = false }: { replace?: boolean } = {}): void {
  const before = place.value
  history[replace ? 'replaceState' : 'pushState'](null, '', href)
  settle(before)
}

/** Notes in the address what is chosen on this page, so that a reload and a link find it again. */
export function setQuery(query: Record<string, string | number | undefined>, { replace = true } = {}): void {
  go(hrefOf(place.value.page, { ...place.value.query, ...query }), { replace })
}

function settle(before: Place): void {
  place.value = read(location)
  const { server, dataset, page } = place.value
  if (dataset) remember('place', JSON.stringify({ server, dataset }))
  if (page !== before.page || dataset !== before.dataset || server !== before.server) scrollTo(0, 0)
}

/** Where this browser was last. */
export function lastPlace(): Pick<Place, 'server' | 'dataset'> | undefined {
  try {
    const { server, dataset } = JSON.parse(remembered('place') ?? '{}')
    return typeof server === 'string' && typeof dataset === 'string' ? { server, dataset } : undefined
  } catch {
    return undefined
  }
}

/** Links within the page change the page, without loading it anew. */
export function followLinks(): void {
  settle(place.value)
  addEventListener('popstate', () => settle(place.value))
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return
    if (!link.hasAttribute('data-page')) return
    event.preventDefault()
    go(link.href)
  })
}
