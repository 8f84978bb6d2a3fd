import { CurrentPage } from './current-page.ts'
import { type ApiError, isSignedOut } from './lib/api.ts'
import { isOnline } from './lib/events.ts'
import { html, useEffect, useState, type VNode } from './lib/html.ts'
import { useShortcuts } from './lib/keys.ts'
import { isPlaceKnown, me } from './lib/me.ts'
import { go, hrefIn, hrefOf, lastPlace, place } from './lib/place.ts'
import { words } from './lib/words.ts'
import { Navigation, visibleRoutes } from './navigation.ts'
import { Preferences } from './preferences.ts'
import { SignedOut } from './signed-out.ts'
import { Switcher } from './switcher.ts'
import { TrainingLine } from './training-line.ts'
import { ConfirmDialog } from './ui/dialog.ts'
import { Icon } from './ui/icon.ts'
import { ShortcutsHelp } from './ui/shortcuts-help.ts'
import { Empty, ErrorState } from './ui/states.ts'
import { Toasts } from './ui/toast.ts'

/** What is around every page. `failure`: why it is not known who looks. */
export function Frame({ failure }: { failure?: ApiError | undefined }): VNode {
  if (isSignedOut.value) return html`<${SignedOut} />`
  if (failure)
    return html`<main class="alone"><${ErrorState} isPage error=${failure} retry=${() => location.reload()} /></main>`
  const { shell } = words()
  if (me.value?.servers.length === 0)
    return html`<main class="alone"><${Empty} isPage icon="manage" title=${shell.noServers} text=${shell.noServersText} /></main>`
  return html`<${Home} />`
}

function Home(): VNode | null {
  const { shell } = words()
  const [helps, setHelps] = useState(false)
  const { server, dataset } = place.value
  // The address of no place, or of one that is gone, leads to where one was last.
  useEffect(() => {
    if (!dataset) go(hrefIn({ ...startPlace(), page: 'try' }), { replace: true })
  }, [dataset])
  useShortcuts(
    shell.pagesLabel,
    [
      { key: '?', says: shell.shortcutKeys.help, run: () => setHelps(true) },
      ...visibleRoutes().map(({ page }, i) => ({
        key: String(i + 1),
        says: shell.pages[page],
        run: () => go(hrefOf(page)),
      })),
    ],
    { isEverywhere: true },
  )
  if (!dataset) return null
  return html`<div class="frame">
    <a class="skip" href="#content">${shell.skip}</a>
    <header class="bar">
      <a class="brand" data-page href=${hrefOf('try')}><${Brand} /><span>Mekiki</span></a>
      <${Switcher} />
      <${Preferences} onShortcuts=${() => setHelps(true)} />
    </header>
    <${Navigation} />
    <main id="content" tabindex="-1">
      ${!isOnline.value && html`<p class="banner" role="alert"><${Icon} name="offline" />${shell.offline}</p>`}
      <${TrainingLine} />
      ${
        isPlaceKnown()
          ? html`<${CurrentPage} key=${`${server} ${dataset}`} />`
          : html`<${Empty} isPage icon="question" title=${shell.notThere} text=${shell.notThereText}>
              <a class="button primary" data-page href=${hrefIn({ ...startPlace(), page: 'try' })}>${shell.goToTry}</a>
            <//>`
      }
    </main>
    <${Toasts} />
    <${ConfirmDialog} />
    ${helps && html`<${ShortcutsHelp} onClose=${() => setHelps(false)} />`}
  </div>`
}

/** Where somebody was last, if it is still theirs, or else the first dataset of their first server. */
function startPlace(): { server: string; dataset: string } {
  const last = lastPlace()
  const servers = me.value?.servers ?? []
  const again = servers.find(({ id }) => id === last?.server)
  if (last && again?.datasets.some(({ name }) => name === last.dataset)) return last
  const [first] = servers
  return { server: first?.id ?? 'local', dataset: first?.datasets[0]?.name ?? 'main' }
}

/** An eye in a seal, as on the page's icon. */
const Brand = (): VNode =>
  html`<svg class="seal" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
    <rect x="1" y="1" width="30" height="30" rx="9" />
    <path d="M5.5 16S9.5 9.5 16 9.5 26.5 16 26.5 16 22.5 22.5 16 22.5 5.5 16 5.5 16Z" />
    <circle cx="16" cy="16" r="3.4" />
  </svg>`
