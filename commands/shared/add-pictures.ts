import type { App } from '../../src/app.ts'
import { type Chat, type CommandEvent, result } from '../../src/commands/define.ts'
import type { Rejected } from '../../src/commands/results.ts'
import { isSpoiler } from '../../src/images/spoiler.ts'
import type { Label } from '../../src/label.ts'
import { pictureProgress } from '../../src/progress.ts'
import { addPictures, type LabelledSource } from '../../src/services/labeling.ts'
import { requireSomeUsed } from './rejected.ts'

/** Added pictures that a chat shows as small copies. */
const MAX_THUMBNAILS = 10

type Call = { app: App; chat?: Chat; dataset: number; by: string }

/** `label`: the one that all are added to, if there is only one. `rejected`: pictures that cannot be added, known before. Others: as in the result. */
type AboutSources = { label?: Label; rejected?: Rejected[]; skipped?: number | undefined; parts?: string[] }

/** Adds labelled pictures and reports the counts. */
export async function* addAndReport(
  { app, chat, dataset, by }: Call,
  sources: LabelledSource[],
  about: AboutSources,
): AsyncGenerator<CommandEvent> {
  const added: number[] = []
  const copies: Uint8Array[] = []
  const rejected = [...(about.rejected ?? [])]
  let duplicates = 0
  let done = 0
  for await (const outcome of addPictures(app, { dataset, by }, sources)) {
    if (outcome === 'duplicate') duplicates++
    else if ('added' in outcome) {
      added.push(outcome.added)
      if (copies.length < MAX_THUMBNAILS) copies.push(outcome.copy)
    } else rejected.push(outcome)
    yield pictureProgress(++done, sources.length)
  }
  const { skipped = 0, parts = [] } = about
  const counts = {
    added: added.length,
    duplicates,
    rejected,
    ...(skipped > 0 && { skipped }),
    ...(parts.length > 0 && { parts }),
  }
  const summary = about.label ? { ...counts, label: about.label.name } : counts
  // A terminal shows no pictures, and has `unlabel`.
  if (!chat || added.length === 0) yield result('added', summary)
  else
    yield result('added', summary, {
      thumbnailStrip: copies,
      hasSpoilers: sources.some(({ source }) => isSpoiler(source.name)),
      choices: [{ key: 'undo', command: 'undo', options: { examples: added.join(',') } }],
    })
  requireSomeUsed({ chat }, { used: added.length + duplicates, rejected })
}
