import { html, type VNode } from '../../lib/html.ts'
import { may } from '../../lib/me.ts'
import { type NamedItem, readNames } from '../../lib/names.ts'
import { useLoaded } from '../../lib/use-loaded.ts'
import { words } from '../../lib/words.ts'
import { IconButton } from '../../ui/button.ts'
import { Named } from '../../ui/named.ts'
import { ErrorState, Loading } from '../../ui/states.ts'
import { Panel } from '../panel.ts'
import { ChoiceField } from './choice-field.ts'
import type { SettingsProps } from './types.ts'

const ROLES = ['teacher', 'trainer', 'reviewer', 'manager'] as const
/** In a list: nothing of it. */
const NONE = ''

type WithNames = SettingsProps & { items: readonly NamedItem[] }

/** What is of a Discord server: its channels, its roles, and learning from what is posted. */
export function ServerSettings({ settings, change }: SettingsProps): VNode {
  const { value, error, reload } = useLoaded(() => readNames(), [])
  if (error !== undefined) return html`<${ErrorState} error=${error} retry=${reload} />`
  if (!value) return html`<${Loading} />`
  return html`<div class="panels">
    <${Channels} settings=${settings} change=${change} items=${value.channels} />
    <${Roles} settings=${settings} change=${change} items=${value.roles} />
    ${may('owner') && html`<${Posts} settings=${settings} change=${change} />`}
  </div>`
}

const listed = (items: readonly NamedItem[], none: string): Record<string, string> =>
  Object.fromEntries([[NONE, none], ...items.map(({ id, name }): [string, string] => [id, name])])

function Channels({ settings: { watched, news }, change, items }: WithNames): VNode {
  const { manage: w } = words()
  const others = items.filter(({ id }) => !watched.includes(id))
  const nameOf = (id: string): string => items.find((item) => item.id === id)?.name ?? id
  return html`<${Panel} title=${w.watched} text=${w.watchedText}>
    <ul class="rows">
      ${watched.map(
        (id) => html`<li key=${id}>
          <${Named} kind="channel" id=${id} />
          <${IconButton} size="small" icon="close" label=${w.unwatch(nameOf(id))} onClick=${() => change({ unwatch: id })} />
        </li>`,
      )}
    </ul>
    <${ChoiceField} label=${w.watch} value=${NONE} values=${listed(others, '–')} onChange=${(watch: string) => change({ watch })} />
    <${ChoiceField} label=${w.fields.news} value=${news ?? NONE} values=${listed(items, w.noChannel)}
      onChange=${(id: string) => change(id === NONE ? { clear: 'news' } : { news: id })} />
  <//>`
}

function Roles({ settings: { roles }, change, items }: WithNames): VNode {
  const { manage: w } = words()
  return html`<${Panel} title=${w.groups.roles} text=${w.hints.rolesText}>
    ${ROLES.map(
      (
        role,
      ) => html`<${ChoiceField} key=${role} label=${w.fields[role]} value=${roles[role] ?? NONE} values=${listed(items, w.nobody)}
        onChange=${(id: string) => change(id === NONE ? { clear: role } : { [role]: id })} />`,
    )}
  <//>`
}

function Posts({ settings: { learnFromPosts }, change }: SettingsProps): VNode {
  const { manage: w } = words()
  const toggle = ({ currentTarget }: { currentTarget: HTMLInputElement }): void =>
    void change({ learnFromPosts: currentTarget.checked })
  return html`<${Panel} title=${w.groups.posts} text=${w.hints.learnFromPosts}>
    <label class="check"><input type="checkbox" checked=${learnFromPosts} onChange=${toggle} /> ${w.fields.learnFromPosts}</label>
  <//>`
}
