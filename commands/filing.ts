import type { App } from '../src/app.ts'
import { collect, type Filing } from '../src/collector.ts'
import { UserError } from '../src/errors.ts'
import { answer, type Event, progress } from './command.ts'

type Rejected = { file: string; code: string; message: string }

/** Files everything and ends with one summary: what `import` and `label` share. */
export async function* file(app: App, dataset: number, filings: Filing[], by: string): AsyncGenerator<Event> {
  const summary = { added: 0, duplicates: 0, rejected: [] as Rejected[] }
  let done = 0
  for await (const outcome of collect(app, dataset, filings, by)) {
    if (outcome === 'added') summary.added++
    else if (outcome === 'duplicate') summary.duplicates++
    else summary.rejected.push(outcome)
    yield progress(++done, filings.length)
  }
  yield answer(summary)
}

/** Does something with each file; a person's mistake rejects that file only. Yields progress, returns the summary. */
export async function* each(
  files: string[],
  work: (file: string) => Promise<void>,
): AsyncGenerator<Event, { done: number; rejected: Rejected[] }> {
  const summary = { done: 0, rejected: [] as Rejected[] }
  for (const [i, path] of files.entries()) {
    try {
      await work(path)
      summary.done++
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      summary.rejected.push({ file: path, code: error.code, message: error.message })
    }
    yield progress(i + 1, files.length)
  }
  return summary
}
