import type { Command } from '../commands/define.ts'
import type { ProgressDisplay } from './progress.ts'
import { wrap } from './render/width.ts'

const DEFAULT_MESSAGE = 'Everything done so far is kept; run the same command again to go on.'

/**
 * Says on Ctrl-C what is kept and how to go on, then lets the signal end the process, which shells report as 130. Nothing has to be
 * closed: what was acknowledged is in the database already, as it has to be for a power cut. To exit instead would tear down threads
 * in the middle of an inference, which aborts.
 */
export function explainInterrupt({ ifInterrupted = DEFAULT_MESSAGE }: Command, progress: ProgressDisplay): void {
  process.once('SIGINT', () => {
    progress.clear()
    if (process.stdin.isTTY) process.stdin.setRawMode(false)
    process.stderr.write(`\n${wrap(`Stopped. ${ifInterrupted}`, process.stderr.columns)}\n`)
    // Without a listener the signal has its default effect.
    process.kill(process.pid, 'SIGINT')
  })
}
