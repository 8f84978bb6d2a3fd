// The chart worker thread: statistics or pictures to charts, one job after the other.
import type { Chart } from '../../charts/chart.ts'
import { toSvg } from '../../charts/draw.ts'
import { drawGallery, type Tile } from '../../charts/gallery.ts'
import { toPng } from '../../charts/png.ts'
import { drawStats } from '../../charts/stats.ts'
import type { ChartName, ChartWords, StatsChart } from '../../charts/stats-data.ts'
import { smallWebp } from '../../images/small-webp.ts'
import { requireParentPort } from '../../parent-port.ts'

/** `only`: the charts of these names. `format`: PNG by default; WebP is small (images/small-webp.ts). */
export type ChartJob = ({ stats: StatsChart; words: ChartWords; only?: ChartName[] } | { gallery: Tile[] }) & {
  format?: 'png' | 'webp'
}
export type ChartImage = { name: string; bytes: Uint8Array }

const port = requireParentPort()

port.on('message', async (job: ChartJob) => {
  const charts = 'gallery' in job ? [await drawGallery(job.gallery)] : drawStats(job.stats, job.words, job.only)
  const images: ChartImage[] = []
  for (const chart of charts) images.push(await toImage(chart, job.format ?? 'png'))
  port.postMessage(images)
})

async function toImage({ name, option, width, height }: Chart, format: 'png' | 'webp'): Promise<ChartImage> {
  const png = toPng(toSvg(option, width, height))
  return { name: `${name}.${format}`, bytes: format === 'png' ? png : await smallWebp(png) }
}
