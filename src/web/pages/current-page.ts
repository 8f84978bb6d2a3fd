import { html, useEffect, useErrorBoundary, useRef, type VNode } from './lib/html.ts'
import { may } from './lib/me.ts'
import { hrefOf, place } from './lib/place.ts'
import { useLoaded } from './lib/use-loaded.ts'
import { words } from './lib/words.ts'
import { ROUTES, type Route } from './routes.ts'
import { LinkButton } from './ui/button.ts'
import { Empty, ErrorState, Loading } from './ui/states.ts'

/** The page that the address names. */
export function CurrentPage(): VNode {
  const { shell } = words()
  const { page } = place.value
  const route = ROUTES.find((each) => each.page === page)
  const name = route ? shell.pages[route.page] : shell.notThere
  const isFirst = useRef(true)
  // Whoever reads by ear or goes by keyboard is on the new page then, and not on the link to it.
  useEffect(() => {
    if (!isFirst.current) document.getElementById('content')?.focus({ preventScroll: true })
    isFirst.current = false
  }, [page])
  useEffect(() => {
    document.title = `${name} · Mekiki`
  }, [name])
  if (!route)
    return html`<${Empty} isPage icon="question" title=${shell.notThere} text=${shell.notThereText}>
      <${LinkButton} kind="primary" href=${hrefOf('try')}>${shell.goToTry}<//>
    <//>`
  if (!may(route.access))
    return html`<${Empty} isPage icon="manage" title=${shell.notAllowed} text=${shell.notAllowedText} />`
  return html`<${Lazy} key=${page} route=${route} />`
}

/** A page is loaded when it is first opened. */
function Lazy({ route }: { route: Route }): VNode {
  const { value: loaded, error } = useLoaded(route.load, [])
  const [mistake, tryAgain] = useErrorBoundary()
  // After an upgrade the files of the page before are gone: only a reload gets the new ones.
  if (error !== undefined) return html`<${ErrorState} isPage error=${error} retry=${() => location.reload()} />`
  if (mistake !== undefined) return html`<${ErrorState} isPage error=${mistake} retry=${tryAgain} />`
  return loaded ? html`<${loaded.default} />` : html`<${Loading} />`
}
