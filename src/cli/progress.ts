import type { SingleBar } from 'cli-progress'
import type { Words } from '../locales/words.ts'
import type { Progress } from '../progress.ts'
import { formatProgress, type ProgressWords } from './progress-line.ts'

export type ProgressDisplay = {
  show(progress: Progress): void
  /** Takes the bar away, so that a line can be written. */
  clear(): void
}

/** A bar on stderr where it is a terminal; nothing where it is a file or a pipe. */
export async function openProgress(commandName: string, { terminal }: Words): Promise<ProgressDisplay> {
  if (!process.stderr.isTTY) return { show() {}, clear() {} }
  const { SingleBar } = await import('cli-progress')
  let shown: { bar: SingleBar; of: Progress['of'] } | undefined
  const clear = (): void => {
    shown?.bar.stop()
    shown = undefined
  }
  return {
    show({ done, total, of }) {
      // Without a known end there is nothing to fill.
      if (!total) return
      if (shown?.of !== of) clear()
      shown ??= { bar: startBar(SingleBar, { name: commandName, of, total, words: terminal.progress }), of }
      shown.bar.setTotal(total)
      shown.bar.update(done)
    },
    clear,
  }
}

type Work = { name: string; of: Progress['of']; total: number; words: ProgressWords }

function startBar(Bar: typeof SingleBar, { name, of, total, words }: Work): SingleBar {
  const bar = new Bar({
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    format(_, { value, total, startTime }) {
      const seconds = (Date.now() - startTime) / 1000
      // One column less than there are: a full line makes some terminals scroll.
      return formatProgress({ name, of, done: value, total, seconds }, { columns: process.stderr.columns - 1, words })
    },
  })
  bar.start(total, 0)
  return bar
}
