import { html, useState, type VNode } from './lib/html.ts'
import { type MyServer, may, me } from './lib/me.ts'
import { go, hrefIn, LOCAL, place } from './lib/place.ts'
import { words } from './lib/words.ts'
import { NewDataset } from './new-dataset.ts'
import { Select } from './ui/form.ts'

/** No dataset is called so. */
const NEW = ''

/** Which server and which of its datasets is shown. What there is only one of is not asked for. */
export function Switcher(): VNode {
  const { shell } = words()
  const [makes, setMakes] = useState(false)
  const { server, dataset, page } = place.value
  const servers = me.value?.servers ?? []
  const here = servers.find(({ id }) => id === server)
  const names = [...new Set([...(here?.datasets ?? []).map(({ name }) => name), dataset])]
  const options = names.map((name) => ({ value: name, label: name }))
  if (may('teacher')) options.push({ value: NEW, label: shell.newDataset })
  const chooseServer = (id: string): void => {
    const chosen = servers.find((each) => each.id === id)
    if (chosen) go(hrefIn({ server: id, dataset: chosen.datasets[0]?.name ?? 'main', page }))
  }
  const chooseDataset = (name: string): void => {
    if (name === NEW) setMakes(true)
    else go(hrefIn({ server, dataset: name, page }))
  }
  return html`<div class="switcher">
    ${
      servers.length > 1 &&
      html`<${Select} label=${shell.server} value=${server} onChange=${chooseServer}
        options=${servers.map((each) => ({ value: each.id, label: nameOf(each) }))} />`
    }
    ${
      options.length > 1
        ? html`<${Select} key=${String(makes)} label=${shell.dataset} value=${dataset} options=${options} onChange=${chooseDataset} />`
        : html`<bdi class="dataset-name">${dataset}</bdi>`
    }
    ${makes && html`<${NewDataset} onClose=${() => setMakes(false)} />`}
  </div>`
}

const nameOf = ({ id, name }: MyServer): string => (id === LOCAL ? words().shell.terminal : name)
