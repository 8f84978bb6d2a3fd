// A worker thread: statistics or pictures to charts as PNG. One a request; it holds nothing that others wait for.
import { parentPort, workerData } from 'node:worker_threads'
import { toSvg } from '../../charts/draw.ts'
import { drawGallery, type Tile } from '../../charts/gallery.ts'
import { toPng } from '../../charts/png.ts'
import { type ChartWords, type Drawing, drawStats, type StatsChart } from '../../charts/stats.ts'

export type ChartJob = { stats: StatsChart; words: ChartWords } | { gallery: Tile[] }
export type ChartImage = { name: string; bytes: Uint8Array }

const sitting = workerData as ChartJob
const drawings: Drawing[] =
  'gallery' in sitting ? [await drawGallery(sitting.gallery)] : [...drawStats(sitting.stats, sitting.words)]
const paintings = drawings.map(
  ({ name, option, width, height }): ChartImage => ({
    name: `${name}.png`,
    bytes: toPng(toSvg(option, width, height)),
  }),
)
parentPort!.postMessage(paintings)
