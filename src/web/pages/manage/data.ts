import { root } from '../lib/api.ts'
import { html, type VNode } from '../lib/html.ts'
import { may, me } from '../lib/me.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { Icon } from '../ui/icon.ts'
import { Panel, useCommand } from './panel.ts'

/** What can be taken along, and what can be deleted for good. */
export function DataTab(): VNode {
  return html`<div class="panels">
    ${may('manager') && html`<${ExportPanel} />`}
    ${me.value?.kind === 'discord' && html`<${MyData} />`}
  </div>`
}

function ExportPanel(): VNode {
  const { manage: w } = words()
  return html`<${Panel} title=${w.exportTitle} text=${w.exportText}>
    <div class="actions">
      <${Download} href=${`${root()}/export.zip`} label=${w.exportAction} />
    </div>
    <p class="quiet">${w.importText.replaceAll('*', '')}</p>
  <//>`
}

function MyData(): VNode {
  const { manage: w } = words()
  const { start, isBusy, shown } = useCommand()
  return html`<${Panel} title=${w.myDataTitle} text=${w.myDataText}>
    <div class="actions">
      <${Download} href=${`${root()}/my-data`} label=${w.myDataAction} />
      <${Button} busy=${isBusy} onClick=${() => start('privacy', {})}>${w.privacyAction}<//>
      <${Button} kind="danger" busy=${isBusy} onClick=${() => start('forget', {})}>${w.forgetAction}<//>
    </div>
    ${shown}
  <//>`
}

/** A file that the server makes while it is sent. */
export const Download = ({ href, label }: { href: string; label: string }): VNode =>
  html`<a class="button plain" href=${href} download><${Icon} name="download" /><span>${label}</span></a>`
