import type { App } from '../../src/app.ts'
import { type Chat, type CommandEvent, result } from '../../src/commands/define.ts'
import type { Rejected } from '../../src/commands/results.ts'
import { readCopies } from '../../src/db/pictures.ts'
import { pictureProgress } from '../../src/progress.ts'
import { addPictures, type LabelledSource } from '../../src/services/labeling.ts'

/** Added pictures that a chat shows as small copies. */
const MAX_THUMBNAILS = 10

type Call = { app: App; chat?: Chat; dataset: number; by: string }

/** Adds labelled pictures and reports the counts. `label`: the one label that all are added to, if there is only one. */
export async function* addAndReport(
  { app, chat, dataset, by }: Call,
  sources: LabelledSource[],
  label?: string,
): AsyncGenerator<CommandEvent> {
  const added: number[] = []
  const rejected: Rejected[] = []
  let duplicates = 0
  let done = 0
  for await (const outcome of addPictures(app, dataset, sources, by)) {
    if (outcome === 'duplicate') duplicates++
    else if ('added' in outcome) added.push(outcome.added)
    else rejected.push(outcome)
    yield pictureProgress(++done, sources.length)
  }
  const counts = { added: added.length, duplicates, rejected }
  const summary = label === undefined ? counts : { ...counts, label }
  // A terminal shows no pictures, and has `unlabel`.
  if (!chat || added.length === 0) yield result('added', summary)
  else
    yield result('added', summary, {
      thumbnailStrip: [...(await readCopies(app.db, dataset, added.slice(0, MAX_THUMBNAILS))).values()],
      choices: [{ key: 'undo', command: 'undo', options: { examples: added.join(',') } }],
    })
}
