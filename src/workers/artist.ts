// A worker thread: statistics to charts as PNG. One a request; it holds nothing that others wait for.
import { parentPort, workerData } from 'node:worker_threads'
import { toPng, toSvg } from '../charts/draw.ts'
import { type ChartWords, drawStats, type StatsChart } from '../charts/stats.ts'

export type Sitting = { stats: StatsChart; words: ChartWords }
export type Painting = { name: string; bytes: Uint8Array }

const { stats, words } = workerData as Sitting
const paintings = [...drawStats(stats, words)].map(
  ({ name, option, width, height }): Painting => ({ name: `${name}.png`, bytes: toPng(toSvg(option, width, height)) }),
)
parentPort!.postMessage(paintings)
