import { html, type VNode } from '../lib/html.ts'
import { groupsShown } from '../lib/keys.ts'
import { words } from '../lib/words.ts'
import { Dialog } from './dialog.ts'

/** Every key that works where somebody is. */
export function ShortcutsHelp({ onClose }: { onClose: () => void }): VNode {
  const { shell } = words()
  return html`<${Dialog} title=${shell.shortcuts} onClose=${onClose} class="shortcuts">
    ${groupsShown()
      .filter(({ shortcuts }) => shortcuts.length > 0)
      .map(
        ({ of, shortcuts }) => html`<section key=${of}>
          <h3>${of}</h3>
          <dl>${shortcuts.map(
            ({ key, says }) => html`<div key=${key}>
              <dt>${says}</dt>
              <dd>${key.split('+').map((part) => html`<kbd key=${part}>${nameOf(part)}</kbd>`)}</dd>
            </div>`,
          )}</dl>
        </section>`,
      )}
  <//>`
}

function nameOf(key: string): string {
  const name = words().shell.keyNames[key === 'Ctrl' ? 'Control' : key]
  return name ?? (key.length === 1 ? key.toUpperCase() : key)
}
