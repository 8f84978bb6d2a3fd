import { html, useEffect, type VNode } from '../lib/html.ts'
import { type NamedKind, nameOf, wantName } from '../lib/names.ts'

const SIGNS: Record<NamedKind, string> = { person: '', channel: '#', role: '@' }

/** A person, channel or role of Discord by its name; by its id until the name is known, and where there is none. */
export function Named({ kind, id }: { kind: NamedKind; id: string }): VNode {
  useEffect(() => wantName(kind, id), [kind, id])
  const name = nameOf(kind, id)
  return html`<span class="named" title=${id}>${SIGNS[kind]}${name ?? id}</span>`
}
