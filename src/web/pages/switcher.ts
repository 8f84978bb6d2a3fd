import { html, type VNode } from './lib/html.ts'
import { type MyServer, me } from './lib/me.ts'
import { go, hrefIn, LOCAL, place } from './lib/place.ts'
import { words } from './lib/words.ts'
import { Select } from './ui/form.ts'

/** Which server and which of its datasets is shown. What there is only one of is not asked for. */
export function Switcher(): VNode {
  const { shell } = words()
  const { server, dataset, page } = place.value
  const servers = me.value?.servers ?? []
  const here = servers.find(({ id }) => id === server)
  const names = new Set([...(here?.datasets ?? []).map(({ name }) => name), dataset])
  const chooseServer = (id: string): void => {
    const chosen = servers.find((each) => each.id === id)
    if (chosen) go(hrefIn({ server: id, dataset: chosen.datasets[0]?.name ?? 'main', page }))
  }
  const chooseDataset = (name: string): void => go(hrefIn({ server, dataset: name, page }))
  return html`<div class="switcher">
    ${
      servers.length > 1 &&
      html`<${Select} label=${shell.server} value=${server} onChange=${chooseServer}
        options=${servers.map((each) => ({ value: each.id, label: nameOf(each) }))} />`
    }
    ${
      names.size > 1
        ? html`<${Select} label=${shell.dataset} value=${dataset} onChange=${chooseDataset}
            options=${[...names].map((name) => ({ value: name, label: name }))} />`
        : html`<bdi class="dataset-name">${dataset}</bdi>`
    }
  </div>`
}

const nameOf = ({ id, name }: MyServer): string => (id === LOCAL ? words().shell.terminal : name)
