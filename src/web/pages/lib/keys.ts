import { signal, useEffect, useRef } from './html.ts'

/**
 * `key`: as `KeyboardEvent.key`, with `Ctrl+` or `Shift+` before it. `says`: what it does, in the visitor's language. Without
 * `run` it is only shown in the help: something on the page listens to it itself.
 */
type Shortcut = { key: string; says: string; run?(event: KeyboardEvent): void }

type Group = { of: string; shortcuts: readonly Shortcut[]; isEverywhere: boolean }

/** Those that work now, for the help. */
const shortcutGroups = signal<readonly Group[]>([])

/** Whether somebody types, composes a word, or answers a dialog: keys are theirs then. */
function isTaken({ key, target, isComposing, altKey, metaKey }: KeyboardEvent): boolean {
  if (isComposing || altKey || metaKey) return true
  if (document.querySelector('dialog[open]')) return true
  if (!(target instanceof HTMLElement)) return false
  if ((key === 'Enter' || key === ' ') && target.closest('button, a, summary')) return true
  return target.closest('input, textarea, select, [contenteditable]') !== null
}

const nameOf = ({ key, ctrlKey, shiftKey }: KeyboardEvent): string => {
  const name = key.length === 1 ? key.toLowerCase() : key
  // Shift is part of a sign as `?`.
  const shift = shiftKey && (key.length > 1 || /[a-z]/i.test(key)) ? 'Shift+' : ''
  return `${ctrlKey ? 'Ctrl+' : ''}${shift}${name}`
}

/** Those of the help: a key that a page takes does not do what it does everywhere else. */
export function groupsShown(): Group[] {
  const taken = shortcutGroups.value.flatMap((group) =>
    group.isEverywhere ? [] : group.shortcuts.map(({ key }) => key),
  )
  return shortcutGroups.value.map((group) =>
    group.isEverywhere ? { ...group, shortcuts: group.shortcuts.filter(({ key }) => !taken.includes(key)) } : group,
  )
}

/**
 * Keys that work while a component is shown. `of`: the heading of the help that they stand under. `isEverywhere`: keys of the
 * frame, which come after those of the page.
 */
export function useShortcuts(of: string, shortcuts: readonly Shortcut[], { isEverywhere = false } = {}): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  const said = shortcuts.map(({ key, says }) => `${key} ${says}`).join()
  useEffect(() => {
    const group = { of, shortcuts: latest.current, isEverywhere }
    shortcutGroups.value = [...shortcutGroups.value, group]
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isTaken(event)) return
      const found = latest.current.find(({ key }) => key === nameOf(event))
      if (!found?.run) return
      event.preventDefault()
      found.run(event)
    }
    // An event reaches the document before the window.
    const heard = isEverywhere ? window : document
    heard.addEventListener('keydown', press as EventListener)
    return () => {
      heard.removeEventListener('keydown', press as EventListener)
      shortcutGroups.value = shortcutGroups.value.filter((each) => each !== group)
    }
  }, [of, said])
}
