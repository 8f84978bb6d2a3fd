import { html, type VNode } from './lib/html.ts'
import { words } from './lib/words.ts'
import { Button } from './ui/button.ts'
import { Empty } from './ui/states.ts'

/** Nobody is signed in: how to come in. */
export function SignedOut(): VNode {
  const { shell } = words()
  return html`<main class="alone"><${Empty} isPage icon="eye" title=${shell.signedOut} text=${shell.signedOutText}>
      <${Button} icon="undo" onClick=${() => location.reload()}>${shell.retry}<//>
    <//></main>`
}
