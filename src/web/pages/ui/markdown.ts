import { html, type VNode } from '../lib/html.ts'

/** **Bold**, `code`, or a sign that a backslash makes plain. */
const MARKED = /\\(?<plain>[\\`*_{}[\]()#+\-.!~|<>:@&/])|\*\*(?<bold>(?:\\.|[^\\])+?)\*\*|`(?<code>[^`]+)`/g

/** The small Markdown of answers. Everything that is not marked is text, whatever it looks like. */
export const Markdown = ({ text }: { text: string }): VNode => html`<span class="markdown">${parse(text)}</span>`

function parse(text: string): (string | VNode)[] {
  const parts: (string | VNode)[] = []
  let from = 0
  for (const match of text.matchAll(MARKED)) {
    parts.push(text.slice(from, match.index))
    const { plain, bold, code } = match.groups ?? {}
    if (plain !== undefined) parts.push(plain)
    else if (bold !== undefined) parts.push(html`<strong>${parse(bold)}</strong>`)
    else if (code !== undefined) parts.push(html`<code>${code}</code>`)
    from = match.index + match[0].length
  }
  parts.push(text.slice(from))
  return parts
}
