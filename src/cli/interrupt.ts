import type { Command } from '../commands/define.ts'
import type { Words } from '../locales/words.ts'
import { declareIn } from './declared.ts'
import type { ProgressDisplay } from './progress.ts'
import { wrap } from './render/width.ts'

/**
 * Says on Ctrl-C what is kept and how to go on, then lets the signal end the process, which shells report as 130. Nothing has to be
 * closed: what was acknowledged is in the database already, as it has to be for a power cut. To exit instead would tear down threads
 * in the middle of an inference, which aborts.
 */
export function explainInterrupt(
  command: Command,
  { progress, words }: { progress: ProgressDisplay; words: Words },
): void {
  const { ifInterrupted } = declareIn(words, command)
  process.once('SIGINT', () => {
    progress.clear()
    if (process.stdin.isTTY) process.stdin.setRawMode(false)
    process.stderr.write(`\n${wrap(words.terminal.stopped(ifInterrupted), process.stderr.columns)}\n`)
    // Without a listener the signal has its default effect.
    process.kill(process.pid, 'SIGINT')
  })
}
