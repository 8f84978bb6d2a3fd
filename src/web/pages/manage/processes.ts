import type { Results } from '../../../commands/results.ts'
import { type PageResult, run } from '../lib/api.ts'
import { html, useEffect, type VNode } from '../lib/html.ts'
import { useLoaded } from '../lib/use-loaded.ts'
import { words } from '../lib/words.ts'
import { Markdown } from '../ui/markdown.ts'
import { ErrorState, Loading } from '../ui/states.ts'
import { Panel } from './panel.ts'

/** As often as processes say that they live. */
const RENEW_MS = 5_000

/** Every process on this database, as it is now. */
export function Processes(): VNode {
  const { manage: w } = words()
  const { value, error, reload } = useLoaded(() => run('processes'), [])
  useEffect(() => {
    const timer = setInterval(() => document.hidden || reload(), RENEW_MS)
    return () => clearInterval(timer)
  }, [reload])
  const [result] = value ?? []
  return html`<${Panel} title=${w.processes} text=${w.processesText}>
    ${
      error !== undefined
        ? html`<${ErrorState} error=${error} retry=${reload} />`
        : result
          ? html`<${ProcessReport} result=${result} />`
          : html`<${Loading} />`
    }
  <//>`
}

function ProcessReport({ result: { answer, values } }: { result: PageResult }): VNode {
  const { headline, lines = [], sections = [] } = answer
  const table = sections.find((section) => section.columns)
  const problems = sections.filter((section) => !section.columns).flatMap((section) => section.lines)
  // Its result has this key, whose values these are.
  const { processes } = values as Results['processes']
  return html`<div class="stack process-report" aria-live="polite">
    <p class="headline"><${Markdown} text=${headline} /></p>
    ${lines.map((line, i) => html`<p key=${i} class="quiet"><${Markdown} text=${String(line)} /></p>`)}
    ${
      problems.length > 0 &&
      html`<ul class="process-problems">
        ${problems.map((line, i) => html`<li key=${i}><${Markdown} text=${String(line)} /></li>`)}
      </ul>`
    }
    ${
      table &&
      html`<table class="processes">
        <thead>
          <tr>${table.columns?.map((name) => html`<th key=${name} scope="col">${name}</th>`)}</tr>
        </thead>
        <tbody>${table.lines.map((line, i) => {
          const process = processes[i]
          const cells = typeof line === 'string' ? [line] : line
          return html`<tr key=${process?.id ?? i} class=${process?.alive === false ? 'dead' : ''}>
            ${cells.map((cell, c) => html`<td key=${c} data-label=${table.columns?.[c]}><${Markdown} text=${cell} /></td>`)}
          </tr>`
        })}</tbody>
      </table>`
    }
  </div>`
}
