import type { Results } from '../../../../commands/results.ts'
import { run } from '../../lib/api.ts'
import { html, useState, type VNode } from '../../lib/html.ts'
import { may } from '../../lib/me.ts'
import { useLoaded } from '../../lib/use-loaded.ts'
import { words } from '../../lib/words.ts'
import { Button } from '../../ui/button.ts'
import { ErrorState, Loading } from '../../ui/states.ts'
import { Panel, useCommand } from '../panel.ts'
import { AddBackbone } from './add.ts'
import { BackboneFacts } from './facts.ts'

type Listed = Results['backbones']

/** The networks that turn pictures into features: which are there, which answer, and which can be added. */
export function BackbonesTab(): VNode {
  const { manage: w } = words()
  const { start, isBusy, shown } = useCommand()
  const { value, error, reload } = useLoaded(async () => (await run('backbone'))[0]?.values as Listed, [])
  if (error !== undefined) return html`<${ErrorState} error=${error} retry=${reload} />`
  if (!value) return html`<${Loading} />`
  const act = async (options: Record<string, string>): Promise<void> => {
    await start('backbone', options)
    reload()
  }
  return html`<div class="panels">
    <${Installed} listed=${value} isBusy=${isBusy} onUse=${(which: string) => act({ action: 'use', which })} />
    ${shown}
    ${
      may('operator') &&
      html`<${AddBackbone} catalogue=${value.catalogue} isBusy=${isBusy} onAdd=${(options: Record<string, string>) => act({ action: 'add', ...options })} />
        <${Panel} title=${w.compare} text=${w.compareText}>
          <div class="actions"><${Button} busy=${isBusy} onClick=${() => act({ action: 'compare' })}>${w.compare}<//></div>
        <//>`
    }
  </div>`
}

type InstalledProps = { listed: Listed; isBusy: boolean; onUse: (which: string) => void }

/** Several that are chosen answer together. */
function Installed({ listed: { backbones }, isBusy, onUse }: InstalledProps): VNode {
  const { manage: w } = words()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(backbones.filter(({ current }) => current).map(({ id }) => id)),
  )
  const current = backbones.filter((backbone) => backbone.current).map(({ id }) => id)
  const isSame = current.length === chosen.size && current.every((id) => chosen.has(id))
  const toggle = (id: string): void => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return html`<${Panel} title=${w.tabs.backbones}>
    <ul class="rows">
      ${backbones.map(
        ({ id, facts, current: isUsed }) => html`<li key=${id}>
          <label class="check">
            <input type="checkbox" checked=${chosen.has(id)} onChange=${() => toggle(id)} />
            <span><strong>${nameOf(id)}</strong>${isUsed && html` <span class="badge">${w.used}</span>`}<${BackboneFacts} facts=${facts} /></span>
          </label>
        </li>`,
      )}
    </ul>
    <div class="actions">
      <${Button} kind="primary" busy=${isBusy} disabled=${isSame || chosen.size === 0} onClick=${() => onUse([...chosen].map(nameOf).join('+'))}>
        ${chosen.size > 1 ? w.useBoth : w.use}
      <//>
    </div>
  <//>`
}

/** What commands call it: its id less the hash. */
const nameOf = (id: string): string => id.split('@')[0] ?? id
