/** HTML that may stand in a page as it is. */
export type Html = string

/** What strangers wrote, as text of a page. */
export const escapeHtml = (text: string | number): Html =>
  String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** A JPEG in the page itself. */
export const image = (jpeg: Uint8Array): Html =>
  `<img alt="" src="data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}">`

/** Nothing where there is nothing to show. @param about what is said below the heading */
export function section(heading: string, about: string, body: Html): Html {
  if (body === '') return ''
  return `<section><h2>${escapeHtml(heading)}</h2>${about && `<p>${escapeHtml(about)}</p>`}${body}</section>`
}

/** Where most of a long list is folded away: how many stay open, and what stands on the fold. */
export type Fold = { open: number; more: (hidden: number) => string }

/** A few more than stay open are not worth a fold. */
const MIN_FOLDED = 5

/** A list, most of it folded where it is long. @param draw some of the items as HTML; nothing for none */
export function folded<T>(items: readonly T[], { open, more }: Fold, draw: (some: readonly T[]) => Html): Html {
  if (items.length <= open + MIN_FOLDED) return draw(items)
  const hidden = items.slice(open)
  const fold = `<details><summary>${escapeHtml(more(hidden.length))}</summary>${draw(hidden)}</details>`
  return draw(items.slice(0, open)) + fold
}

/** `isNumber`: narrow, and aligned to the right. */
type Column = { heading: string; isNumber?: boolean }

/** Nothing where there are no rows. @param rows cells as HTML, as many as there are columns */
export function table(columns: readonly Column[], rows: readonly Html[][]): Html {
  if (rows.length === 0) return ''
  const attributes = columns.map(({ isNumber }) => (isNumber ? ' class="n"' : ''))
  const heads = columns.map(({ heading }, i) => `<th${attributes[i]}>${escapeHtml(heading)}</th>`)
  const bodies = rows.map((cells) => `<tr>${cells.map((cell, i) => `<td${attributes[i]}>${cell}</td>`).join('')}</tr>`)
  return `<table><tr>${heads.join('')}</tr>${bodies.join('')}</table>`
}
