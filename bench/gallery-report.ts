import { table } from './figures.ts'
import type { measureGallery } from './gallery.ts'

type Figures = Awaited<ReturnType<typeof measureGallery>>

const KIB = 1024

export function describeGallery({ examples, rows }: Figures): string {
  const lines = rows.map(({ what, median, longest, delay, bytes }) => [
    what,
    median.toFixed(0),
    longest.toFixed(0),
    Math.max(0, delay).toFixed(0),
    bytes > 0 ? (bytes / KIB).toFixed(0) : '',
  ])
  return `## What a gallery asks the server for

${examples.toLocaleString('en')} examples of 50 labels in one dataset, asked for over HTTP as a browser does: pictures six at a time, in an order in which nobody had
looked at them, and then once more. Milliseconds; *late*: the longest that the event loop of the server, in which the asking program runs, too, was held up.
Targets: ids within 150 ms, first small pictures within 300 ms.

${table(['what', 'median', 'longest', 'late', 'KiB'], lines)}
`
}
