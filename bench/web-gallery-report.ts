import { table } from './figures.ts'
import type { measureWebGallery } from './web-gallery.ts'

type Figures = Awaited<ReturnType<typeof measureWebGallery>>

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`

export function describeWebGallery({ examples, opened, scrolled, jumps, nodes, heapMiB, processMiB }: Figures): string {
  const rows = [
    ['the page is drawn, ms after its address', opened.page.toFixed(0), 'at most 1,000'],
    ['the first thumbnail, ms after the page', opened.thumbnail.toFixed(0), 'at most 300'],
    ...scrolled.flatMap(({ speed, framesPerSecond, longestMs, within, stopped }) => [
      [`${speed} pixels a second: frames a second`, framesPerSecond.toFixed(0), 'at least 50'],
      [`${speed} pixels a second: longest frame, ms`, longestMs.toFixed(0), ''],
      ...(within === null
        ? []
        : [[`${speed} pixels a second: cells painted within 500 ms`, percent(within), 'at least 90 %']]),
      [`${speed} pixels a second, then stopped: cells painted within 500 ms`, percent(stopped), 'at least 90 %'],
    ]),
    ['after a jump: cells painted within 500 ms, mean', percent(jumps.mean), 'at least 90 %'],
    ['after a jump: cells painted within 500 ms, worst', percent(jumps.worst), ''],
    ['elements, at most', nodes.toFixed(0), 'under 1,000'],
    ['memory of scripts, MiB', heapMiB.toFixed(1), ''],
    ['memory of the process that draws the page, MiB', processMiB.toFixed(0), 'under 150'],
  ]
  return `## The gallery in a browser

Chromium without a graphics card, and the server, on the same machine; ${examples.toLocaleString('en')} examples of 50 labels, 1280 × 800 pixels, thumbnails that
nobody had looked at before. While it scrolls, those cells count that stay on the screen for 500 ms.

${table(['what', 'measured', 'target'], rows)}
`
}
