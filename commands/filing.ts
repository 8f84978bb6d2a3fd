import type { App } from '../src/app.ts'
import { collect, type Filing } from '../src/collector.ts'
import { answer, type Event, progress } from './command.ts'

/** Files everything and ends with one summary: what `import` and `label` share. */
export async function* file(app: App, filings: AsyncIterable<Filing>, by: string): AsyncGenerator<Event> {
  const summary = { added: 0, duplicates: 0, rejected: [] as { file: string; code: string; message: string }[] }
  let done = 0
  for await (const outcome of collect(app, app.dataset, filings, by)) {
    if (outcome === 'added') summary.added++
    else if (outcome === 'duplicate') summary.duplicates++
    else summary.rejected.push(outcome)
    yield progress(++done)
  }
  yield answer(summary)
}
