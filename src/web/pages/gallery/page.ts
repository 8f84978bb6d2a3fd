import { html, useEffect, useLayoutEffect, useMemo, useState, type VNode } from '../lib/html.ts'
import { may } from '../lib/me.ts'
import { hrefOf } from '../lib/place.ts'
import { remember, remembered } from '../lib/storage.ts'
import { loadStyle } from '../lib/style.ts'
import { words } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/button.ts'
import { PageHead } from '../ui/page-head.ts'
import { Empty, ErrorState, Loading } from '../ui/states.ts'
import { type Filter, isFiltered, NO_FILTER, queryOf, readFilter } from './filter.ts'
import { openGallery } from './gallery.ts'
import { Grid } from './grid.ts'
import { askAhead, type ListedIds, useIds } from './ids.ts'
import { Panel } from './panel.ts'
import { SelectionBar } from './selection-bar.ts'
import { SIZES, Tools } from './tools.ts'
import { useFilter } from './use-filter.ts'

// While the style is on its way, so is what is shown first.
askAhead(queryOf(readFilter(new URLSearchParams(location.search))))
await loadStyle(new URL('./gallery.css', import.meta.url).href)

/** Shapes that stand for the pictures until their ids are there. */
const PLACES = 18

export default function Page(): VNode {
  const { gallery: w } = words()
  const [filter, change] = useFilter()
  const query = queryOf(filter)
  const listed = useIds(query)
  const gallery = useMemo(openGallery, [])
  const [size, setSize] = useState(readSize)
  useEffect(() => () => gallery.details.close(), [])
  useShow(gallery, listed)
  const resize = (next: number): void => {
    setSize(next)
    remember('gallery.size', String(next))
  }
  const count = listed.ids?.length
  return html`<div class="page wide gallery">
    <${PageHead} title=${w.title} text=${count === undefined ? undefined : w.pictures(count)}>
      <p class="gallery-hint">${w.hintMouse}</p>
    <//>
    <${Tools} filter=${filter} onChange=${change} size=${size} onSize=${resize} />
    <div class=${`gallery-body ${gallery.isOpen.value && count ? 'with-details' : ''}`} aria-busy=${listed.isLoading ? 'true' : undefined}>
      <${Pictures} listed=${listed} filter=${filter} onChange=${change}>
        <${Grid} gallery=${gallery} wanted=${size} isByLabel=${filter.sort === 'label' && listed.query === query} />
      <//>
      <${Panel} gallery=${gallery} onChanged=${listed.reload} />
    </div>
    <${SelectionBar} gallery=${gallery} onChanged=${listed.reload} />
  </div>`
}

/** New ids are shown when they come; another filter begins at its top. */
function useShow(gallery: ReturnType<typeof openGallery>, { ids, query }: ListedIds): void {
  const shown = useMemo(() => ({ query }), [])
  useLayoutEffect(() => {
    if (!ids) return
    gallery.details.outdate()
    const isOther = shown.query !== query
    shown.query = query
    gallery.show(ids, { fromTop: isOther })
  }, [ids])
}

type PicturesProps = {
  listed: ListedIds
  filter: Filter
  onChange: (changed: Partial<Filter>) => void
  children?: unknown
}

function Pictures({ listed: { ids, error, reload }, filter, onChange, children }: PicturesProps): VNode {
  const { gallery: w } = words()
  if (error !== undefined) return html`<${ErrorState} error=${error} retry=${reload} />`
  if (!ids) return html`<${Loading} kind="pictures" count=${PLACES} />`
  if (ids.length > 0) return html`<div class="grid-box">${children}</div>`
  if (isFiltered(filter))
    return html`<${Empty} icon="search" title=${w.noMatch} text=${w.noMatchText}>
      <${Button} kind="primary" onClick=${() => onChange({ ...NO_FILTER, sort: filter.sort })}>${w.clearFilters}<//>
    <//>`
  return html`<${Empty} icon="gallery" title=${w.empty} text=${w.emptyText}>
    ${may('teacher') && html`<${LinkButton} kind="primary" icon="add" href=${hrefOf('add')}>${w.emptyAdd}<//>`}
  <//>`
}

function readSize(): number {
  const size = Number(remembered('gallery.size'))
  return size >= SIZES.smallest && size <= SIZES.largest ? size : SIZES.usual
}
