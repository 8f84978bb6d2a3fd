// How much memory the process of the bot takes while it serves.
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SoakedBot } from './bot.ts'

const INTERVAL_MS = 2_000
const KIB = 1024
const MIB = 2 ** 20
const MINUTE_MS = 60_000
/** The first part of the time is not counted: caches fill, code is compiled, workers are started. */
const WARM_UP_SHARE = 1 / 4

/** `process`: all of it, trainings included. `main`: heap and buffers of the main thread, which no training touches. */
type Sample = { at: number; process: number; main: number }

/** Mebibytes, and mebibytes a minute. `early` and `late`: medians of the first and last third of what is counted. */
export type Growth = { early: number; late: number; slope: number; most: number }

export class MemoryWatch {
  private readonly samples: Sample[] = []
  private isOver = false
  private running: Promise<void> | undefined

  start(bot: SoakedBot): void {
    this.running = this.run(bot)
  }

  async stop(): Promise<{ process: Growth; main: Growth }> {
    this.isOver = true
    await this.running
    return { process: this.growth('process'), main: this.growth('main') }
  }

  private async run({ current }: SoakedBot): Promise<void> {
    const port = Number(current.logs.find((l) => l.msg === 'ready')?.metricsPort)
    while (!this.isOver) {
      const status = readFileSync(`/proc/${current.process.pid}/status`, 'utf8')
      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
      const main =
        readMetric(metrics, 'nodejs_heap_size_used_bytes') + readMetric(metrics, 'nodejs_external_memory_bytes')
      const process = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * KIB
      this.samples.push({ at: performance.now(), process: process / MIB, main: main / MIB })
      await sleep(INTERVAL_MS)
    }
  }

  private growth(what: 'process' | 'main'): Growth {
    const counted = this.samples.slice(Math.floor(this.samples.length * WARM_UP_SHARE))
    const points = counted.map((s) => ({ x: s.at / MINUTE_MS, y: s[what] }))
    const third = Math.ceil(points.length / 3)
    const ys = points.map((p) => p.y)
    return {
      early: median(ys.slice(0, third)),
      late: median(ys.slice(-third)),
      slope: slopeOf(points),
      most: Math.max(...this.samples.map((s) => s[what])),
    }
  }
}

const readMetric = (metrics: string, name: string): number =>
  Number(new RegExp(`^${name} (\\S+)`, 'm').exec(metrics)?.[1] ?? 0)

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Of the straight line with the least squares. */
function slopeOf(points: { x: number; y: number }[]): number {
  const n = points.length
  const meanX = points.reduce((sum, p) => sum + p.x, 0) / n
  const meanY = points.reduce((sum, p) => sum + p.y, 0) / n
  const covariance = points.reduce((sum, p) => sum + (p.x - meanX) * (p.y - meanY), 0)
  return covariance / points.reduce((sum, p) => sum + (p.x - meanX) ** 2, 0)
}
