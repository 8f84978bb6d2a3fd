import { send } from './lib/api.ts'
import { html, useEffect, useRef, useState, type VNode } from './lib/html.ts'
import { me } from './lib/me.ts'
import { chooseTheme, THEMES, theme } from './lib/theme.ts'
import { chooseLanguage, isLanguage, LANGUAGE_NAMES, language, words } from './lib/words.ts'
import { Button, IconButton } from './ui/button.ts'
import { Field, Select } from './ui/form.ts'

/** Language, theme, help, and who is signed in. */
export function Preferences({ onShortcuts }: { onShortcuts: () => void }): VNode {
  const { shell } = words()
  const [isOpen, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!isOpen) return
    const leave = ({ target }: Event): void => {
      if (target instanceof Node && !box.current?.contains(target)) setOpen(false)
    }
    const press = ({ key }: KeyboardEvent): void => {
      if (key !== 'Escape') return
      setOpen(false)
      box.current?.querySelector('button')?.focus()
    }
    document.addEventListener('pointerdown', leave)
    document.addEventListener('keydown', press)
    return () => {
      document.removeEventListener('pointerdown', leave)
      document.removeEventListener('keydown', press)
    }
  }, [isOpen])
  const languages = Object.entries(LANGUAGE_NAMES).map(([value, label]) => ({ value, label }))
  const themes = THEMES.map((value) => ({ value, label: shell.themes[value] }))
  const help = (): void => {
    setOpen(false)
    onShortcuts()
  }
  return html`<div class="preferences" ref=${box}>
    <${IconButton} icon="theme" label=${shell.options} aria-expanded=${isOpen ? 'true' : 'false'} onClick=${() => setOpen(!isOpen)} />
    ${
      isOpen &&
      html`<div class="popover">
        <${Field} label=${shell.language}>
          <${Select} value=${language.value} options=${languages} onChange=${(v: string) => isLanguage(v) && chooseLanguage(v)} />
        <//>
        <${Field} label=${shell.theme}>
          <${Select} value=${theme.value} options=${themes} onChange=${(v: string) => chooseTheme(THEMES.find((each) => each === v) ?? 'auto')} />
        <//>
        <${Button} kind="quiet" icon="keyboard" onClick=${help}>${shell.shortcuts} <kbd>?</kbd><//>
        ${me.value?.kind === 'discord' && html`<${Account} />`}
      </div>`
    }
  </div>`
}

function Account(): VNode {
  const { shell } = words()
  const leave = async (path: string): Promise<void> => {
    await send(path, { method: 'POST' })
    location.assign('/')
  }
  return html`<div class="account">
    <p class="quiet"><bdi>${shell.signedInAs(me.value?.name ?? '')}</bdi></p>
    <${Button} kind="quiet" onClick=${() => leave('/leave')}>${shell.signOut}<//>
    <${Button} kind="quiet" onClick=${() => leave('/leave/everywhere')}>${shell.signOutEverywhere}<//>
  </div>`
}
