import type { Access } from '../../../services/permissions.ts'
import { html, type VNode } from '../lib/html.ts'
import { may, me } from '../lib/me.ts'
import { place, setQuery } from '../lib/place.ts'
import { loadStyle } from '../lib/style.ts'
import { words } from '../lib/words.ts'
import { Tabs } from '../ui/form.ts'
import { PageHead } from '../ui/page-head.ts'
import { AuditTab } from './audit.ts'
import { BackbonesTab } from './backbones/tab.ts'
import { DataTab } from './data.ts'
import { DatasetsTab } from './datasets.ts'
import { DevicesTab } from './devices/tab.ts'
import { OperatorTab } from './operator.ts'
import { PeopleTab } from './people.ts'
import { SettingsTab } from './settings/tab.ts'

await loadStyle(new URL('./manage.css', import.meta.url).href)

const TABS = {
  settings: { access: 'manager', shown: SettingsTab },
  people: { access: 'manager', shown: PeopleTab },
  audit: { access: 'manager', shown: AuditTab },
  datasets: { access: 'manager', shown: DatasetsTab },
  backbones: { access: 'manager', shown: BackbonesTab },
  data: { access: 'member', shown: DataTab },
  devices: { access: 'member', shown: DevicesTab },
  operator: { access: 'operator', shown: OperatorTab },
} satisfies Record<string, { access: Access; shown: () => VNode }>
type TabKey = keyof typeof TABS

const KEYS = Object.keys(TABS) as TabKey[]

/** Everything that is not about pictures: who may what, when it trains, what is kept. */
export default function Page(): VNode {
  const { manage: w } = words()
  // The server's people have rights in one server; who is signed in is read again with them.
  const allowed = me.value ? KEYS.filter((key) => may(TABS[key].access)) : []
  const current = allowed.find((key) => key === place.value.query.tab) ?? allowed[0] ?? 'data'
  const { shown: Shown } = TABS[current]
  const tabs = allowed.map((key) => ({ key, label: w.tabs[key] }))
  return html`<div class="page manage">
    <${PageHead} title=${w.title} />
    <${Tabs} label=${w.tabsLabel} tabs=${tabs} current=${current} onChange=${(tab: string) => setQuery({ tab }, { replace: false })}>
      <${Shown} key=${`${place.value.server} ${place.value.dataset}`} />
    <//>
  </div>`
}
