import type { Command } from '../commands/define.ts'
import type { ProgressDisplay } from './progress.ts'

/** What shells report for a program that Ctrl-C ended: 128 and the number of SIGINT. */
const EXIT_INTERRUPTED = 130

const DEFAULT_MESSAGE = 'Everything done so far is kept; run the same command again to go on.'

/**
 * Ends the process on Ctrl-C, after saying what is kept and how to go on. Nothing has to be closed: what was acknowledged is in the
 * database already, as it has to be for a power cut.
 */
export function exitOnInterrupt({ ifInterrupted = DEFAULT_MESSAGE }: Command, progress: ProgressDisplay): void {
  process.once('SIGINT', () => {
    progress.clear()
    process.stderr.write(`\nStopped. ${ifInterrupted}\n`)
    process.exit(EXIT_INTERRUPTED)
  })
}
