import { html, type VNode } from '../lib/html.ts'
import { hrefOf } from '../lib/place.ts'
import { words } from '../lib/words.ts'
import { Named } from './named.ts'

/** **Bold**, `code`, `[Train](page:model)`, `[140…](person:140…)`, or a sign that a backslash makes plain. */
const MARKED =
  /\\(?<plain>[\\`*_{}[\]()#+\-.!~|<>:@&/])|\*\*(?<bold>(?:\\.|[^\\])+?)\*\*|`(?<code>[^`]+)`|\[(?<label>(?:\\.|[^\\\]])+)\]\((?<kind>page|person|role|channel):(?<target>[\w-]+)\)/g

/** The small Markdown of answers. Everything that is not marked is text, whatever it looks like. */
export const Markdown = ({ text }: { text: string }): VNode => html`<span class="markdown">${parse(text)}</span>`

/** A page, or else a tab of *Manage*. */
const hrefOfTarget = (target: string): string =>
  target in words().shell.pages ? hrefOf(target) : hrefOf('manage', { tab: target })

function parse(text: string): (string | VNode)[] {
  const parts: (string | VNode)[] = []
  let from = 0
  for (const match of text.matchAll(MARKED)) {
    parts.push(text.slice(from, match.index))
    const { plain, bold, code, label = '', kind, target = '' } = match.groups ?? {}
    if (plain !== undefined) parts.push(plain)
    else if (bold !== undefined) parts.push(html`<strong>${parse(bold)}</strong>`)
    else if (code !== undefined) parts.push(html`<code>${code}</code>`)
    else if (kind === 'page') parts.push(html`<a data-page href=${hrefOfTarget(target)}>${parse(label)}</a>`)
    else if (kind !== undefined) parts.push(html`<${Named} kind=${kind} id=${target} />`)
    from = match.index + match[0].length
  }
  parts.push(text.slice(from))
  return parts
}
