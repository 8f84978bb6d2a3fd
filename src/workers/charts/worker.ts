// The chart worker thread: statistics or pictures to charts as PNG, one job after the other.
import type { Chart } from '../../charts/chart.ts'
import { toSvg } from '../../charts/draw.ts'
import { drawGallery, type Tile } from '../../charts/gallery.ts'
import { toPng } from '../../charts/png.ts'
import { type ChartWords, drawStats, type StatsChart } from '../../charts/stats.ts'
import { requireParentPort } from '../../parent-port.ts'

export type ChartJob = { stats: StatsChart; words: ChartWords } | { gallery: Tile[] }
/** A PNG. */
export type ChartImage = { name: string; bytes: Uint8Array }

const port = requireParentPort()

port.on('message', async (job: ChartJob) => {
  const charts: Chart[] = 'gallery' in job ? [await drawGallery(job.gallery)] : [...drawStats(job.stats, job.words)]
  const images = charts.map(
    ({ name, option, width, height }): ChartImage => ({
      name: `${name}.png`,
      bytes: toPng(toSvg(option, width, height)),
    }),
  )
  port.postMessage(images)
})
