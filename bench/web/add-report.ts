import { table } from '../figures.ts'
import type { AddFigures } from '../web-add.ts'

export function describeAdding({ files, imported, sent, browser }: AddFigures): string {
  const row = (what: string, perSecond: number, target: string): string[] => [
    what,
    perSecond.toFixed(1),
    (perSecond / imported).toFixed(2),
    target,
  ]
  const rows = [
    row('`import` of a folder', imported, ''),
    row('a script through the API, three at a time', sent, 'at least 0.90'),
    ...(browser === null ? [] : [row('the page in Chromium, hashing included', browser, '')]),
  ]
  return `## Adding many files

${files.toLocaleString('en')} JPEGs of 320 × 240 pixels in 20 folders, in turns of a fifth of them, each with a dataset of its own; server, script and browser on the same
machine, and no training meanwhile.

${table(['what', 'files a second', 'of `import`', 'target'], rows)}
`
}
