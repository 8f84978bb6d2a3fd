/** HTML that may stand in a page as it is. */
export type Html = string

/** What strangers wrote, as text of a page. */
export const escapeHtml = (text: string | number): Html =>
  String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

export const percent = (share: number): string => `${Math.round(100 * share)} %`

/** A JPEG in the page itself. */
export const image = (jpeg: Uint8Array): Html =>
  `<img alt="" src="data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}">`

/** Nothing where there is nothing to show. @param heading and @param about are the program's own words */
export function section(heading: string, about: string, body: Html): Html {
  if (body === '') return ''
  return `<h2>${heading}</h2>${about && `<p>${about}</p>`}${body}`
}

/** `isNumber`: aligned to the right. */
type Column = { heading: string; isNumber?: boolean }

/** Nothing where there are no rows. @param rows cells as HTML, as many as there are columns */
export function table(columns: Column[], rows: Html[][]): Html {
  if (rows.length === 0) return ''
  const attributes = columns.map(({ isNumber }) => (isNumber ? ' class="n"' : ''))
  const heads = columns.map(({ heading }, i) => `<th${attributes[i]}>${heading}</th>`)
  const bodies = rows.map((cells) => `<tr>${cells.map((cell, i) => `<td${attributes[i]}>${cell}</td>`).join('')}</tr>`)
  return `<table><tr>${heads.join('')}</tr>${bodies.join('')}</table>`
}
