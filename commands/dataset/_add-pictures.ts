import type { App } from '../../src/app.ts'
import { type Chat, type CommandEvent, result } from '../../src/commands/define.ts'
import type { Rejected } from '../../src/commands/results.ts'
import { readCopies } from '../../src/db/examples.ts'
import { UserError } from '../../src/errors.ts'
import type { Source } from '../../src/images/source.ts'
import { pictureProgress } from '../../src/progress.ts'
import { addPictures, type LabelledSource } from '../../src/services/labeling.ts'

/** Of what was filed: shown small. */
const SHOWN = 10

type Where = { app: App; chat?: Chat; dataset: number; by: string }

/** Files everything and ends with one summary: what `import` and `label` share. */
export async function* file(
  { app, chat, dataset, by }: Where,
  labelledSources: LabelledSource[],
  label?: string,
): AsyncGenerator<CommandEvent> {
  const summary = { added: 0, duplicates: 0, rejected: [] as Rejected[], ...(label !== undefined && { label }) }
  const ids: number[] = []
  let done = 0
  for await (const outcome of addPictures(app, dataset, labelledSources, by)) {
    if (outcome === 'duplicate') summary.duplicates++
    else if ('added' in outcome) ids.push(outcome.added)
    else summary.rejected.push(outcome)
    summary.added = ids.length
    yield pictureProgress(++done, labelledSources.length)
  }
  // A terminal shows no pictures, and has `unlabel`.
  if (!chat || ids.length === 0) yield result('filed', summary)
  else
    yield result('filed', summary, {
      thumbnailStrip: [...(await readCopies(app.db, dataset, ids.slice(0, SHOWN))).values()],
      choices: [{ key: 'undo', command: 'undo', options: { examples: ids.join(',') } }],
    })
}

/** Does something with each picture; a person's mistake rejects that one only. Yields progress, returns the summary. */
export async function* each(
  sources: Source[],
  work: (source: Source) => Promise<void>,
): AsyncGenerator<CommandEvent, { done: number; rejected: Rejected[] }> {
  const summary = { done: 0, rejected: [] as Rejected[] }
  for (const [i, source] of sources.entries()) {
    try {
      await work(source)
      summary.done++
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      summary.rejected.push({ file: source.name, code: error.code, message: error.message })
    }
    yield pictureProgress(i + 1, sources.length)
  }
  return summary
}
