import type { Answer, Line, Section } from '../../../locales/answer.ts'
import { html, type VNode } from '../lib/html.ts'
import { Markdown } from './markdown.ts'

/** What an answer says: headline, lines, and sections with their rows. */
export const AnswerText = ({
  answer: { before = [], headline, lines = [], sections = [] },
}: {
  answer: Answer
}): VNode =>
  html`<div class="answer-text">
    ${before.map((line, i) => html`<p key=${i} class="quiet"><${Markdown} text=${join(line)} /></p>`)}
    <p class="headline"><${Markdown} text=${headline} /></p>
    ${lines.map((line, i) => line && html`<p key=${i}><${Markdown} text=${join(line)} /></p>`)}
    ${sections.map((section, i) => html`<${Part} key=${i} section=${section} />`)}
  </div>`

const join = (line: Line): string => (typeof line === 'string' ? line : line.filter(Boolean).join(' · '))

function Part({ section: { title, columns, lines } }: { section: Section }): VNode {
  const isTable = lines.some((line) => typeof line !== 'string')
  return html`<section class="answer-section">
    ${title && html`<h3><${Markdown} text=${title} /></h3>`}
    ${isTable ? html`<${Rows} columns=${columns} lines=${lines} />` : lines.map((line, i) => html`<p key=${i}><${Markdown} text=${join(line)} /></p>`)}
  </section>`
}

/** Rows of cells. A wide one scrolls by itself, and not the page. */
function Rows({ columns, lines }: Pick<Section, 'columns' | 'lines'>): VNode {
  const cells = lines.map((line) => (typeof line === 'string' ? [line] : line))
  return html`<div class="table-scroll" tabindex="0">
    <table>
      ${columns && html`<thead><tr>${columns.map((name, i) => html`<th key=${i} scope="col">${name}</th>`)}</tr></thead>`}
      <tbody>${cells.map(
        (row, r) =>
          html`<tr key=${r}>${row.map((cell, i) => html`<td key=${i}><${Markdown} text=${cell} /></td>`)}</tr>`,
      )}</tbody>
    </table>
  </div>`
}
