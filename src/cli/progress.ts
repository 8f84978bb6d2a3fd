import { Presets, SingleBar } from 'cli-progress'
import type { Progress } from '../progress.ts'

/** Milliseconds between two plain lines. */
const QUIET = 1000

type Display = { show(progress: Progress): void /** Takes the bar away, so that a line can be written. */; end(): void }

/** A bar with rate and time left where stderr is a terminal, a plain line a second where it is not. */
export function openProgress(commandName: string): Display {
  return process.stderr.isTTY ? bar(commandName) : lines(commandName)
}

function lines(commandName: string): Display {
  let started = performance.now()
  let said = started
  let task = ''
  return {
    show({ done, total, of }) {
      const now = performance.now()
      if (task !== `${of} ${total}`) [task, started] = [`${of} ${total}`, now]
      if (now - said < QUIET) return
      said = now
      const rate = (1000 * done) / (now - started)
      const left = total && done > 0 ? `, ${Math.ceil((total - done) / rate)} s left` : ''
      const what = of === 'percent' ? `${done} %` : `${done}${total ? ` of ${total}` : ''}, ${rate.toFixed(1)} a second`
      process.stderr.write(`${commandName}: ${what}${left}\n`)
    },
    end() {},
  }
}

function bar(commandName: string): Display {
  let shown: { bar: SingleBar; of: Progress['of']; started: number } | undefined
  const end = (): void => {
    shown?.bar.stop()
    shown = undefined
  }
  return {
    show({ done, total, of }) {
      // Without a known end there is nothing to fill.
      if (!total) return
      if (shown?.of !== of) end()
      shown ??= { bar: start(commandName, of, total), of, started: performance.now() }
      shown.bar.setTotal(total)
      shown.bar.update(done, { rate: ((1000 * done) / (performance.now() - shown.started)).toFixed(1) })
    },
    end,
  }
}

function start(commandName: string, of: Progress['of'], total: number): SingleBar {
  const unit = of === 'percent' ? '{percentage} %' : '{value} of {total} · {rate} a second'
  const format = `${commandName} {bar} ${unit} · {eta_formatted} left`
  const made = new SingleBar(
    { format, stream: process.stderr, barsize: 24, clearOnComplete: true, hideCursor: true, etaBuffer: 50 },
    Presets.shades_classic,
  )
  made.start(total, 0, { rate: '0' })
  return made
}
