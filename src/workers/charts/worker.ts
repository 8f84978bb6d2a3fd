// A chart worker thread: statistics or pictures to charts as PNG. It does one job and ends.
import { workerData } from 'node:worker_threads'
import type { Chart } from '../../charts/chart.ts'
import { toSvg } from '../../charts/draw.ts'
import { drawGallery, type Tile } from '../../charts/gallery.ts'
import { toPng } from '../../charts/png.ts'
import { type ChartWords, drawStats, type StatsChart } from '../../charts/stats.ts'
import { requireParentPort } from '../../parent-port.ts'

export type ChartJob = { stats: StatsChart; words: ChartWords } | { gallery: Tile[] }
/** A PNG. */
export type ChartImage = { name: string; bytes: Uint8Array }

const job = workerData as ChartJob
const charts: Chart[] = 'gallery' in job ? [await drawGallery(job.gallery)] : [...drawStats(job.stats, job.words)]
const images = charts.map(
  ({ name, option, width, height }): ChartImage => ({
    name: `${name}.png`,
    bytes: toPng(toSvg(option, width, height)),
  }),
)
requireParentPort().postMessage(images)
