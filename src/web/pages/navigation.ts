import { html, useEffect, useState, type VNode } from './lib/html.ts'
import { may } from './lib/me.ts'
import { hrefOf, place } from './lib/place.ts'
import { words } from './lib/words.ts'
import { ROUTES, type Route } from './routes.ts'
import { Dialog } from './ui/dialog.ts'
import { Icon, type IconName } from './ui/icon.ts'

/** Places at the bottom of a phone, beside *More*. */
const ON_PHONES = 4

export const visibleRoutes = (): Route[] => ROUTES.filter(({ access }) => may(access))

/** A rail at the side of a wide screen, or a bar at the bottom of a phone: the style tells which. */
export function Navigation(): VNode {
  const { shell } = words()
  const [isOpen, setOpen] = useState(false)
  const { page } = place.value
  useEffect(() => setOpen(false), [page])
  const routes = visibleRoutes()
  const rest = routes.length > ON_PHONES + 1 ? routes.slice(ON_PHONES) : []
  const isInRest = rest.some((route) => route.page === page)
  return html`<nav class="nav" aria-label=${shell.pagesLabel}>
    <ul>
      ${routes.map((route) => html`<li key=${route.page} class=${rest.includes(route) ? 'on-wide' : ''}><${PageLink} route=${route} /></li>`)}
      ${
        rest.length > 0 &&
        html`<li class="on-phones">
          <button type="button" class=${`nav-link ${isInRest ? 'current' : ''}`} aria-haspopup="dialog" onClick=${() => setOpen(true)}>
            <${NavLook} icon="more" label=${shell.more} />
          </button>
        </li>`
      }
    </ul>
    ${
      isOpen &&
      html`<${Dialog} title=${shell.more} onClose=${() => setOpen(false)} class="sheet">
        <ul class="sheet-list">${rest.map((route) => html`<li key=${route.page}><${PageLink} route=${route} /></li>`)}</ul>
      <//>`
    }
  </nav>`
}

const PageLink = ({ route: { page, icon } }: { route: Route }): VNode =>
  html`<a data-page class="nav-link" href=${hrefOf(page)} aria-current=${place.value.page === page ? 'page' : undefined}>
    <${NavLook} icon=${icon} label=${words().shell.pages[page]} />
  </a>`

const NavLook = ({ icon, label }: { icon: IconName; label: string }): VNode =>
  html`<span class="nav-icon"><${Icon} name=${icon} size=${22} /></span><span class="nav-label">${label}</span>`
