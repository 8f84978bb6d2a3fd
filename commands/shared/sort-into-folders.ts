import type { Caution } from '../../models/evaluation/refusals.ts'
import type { App } from '../../src/app.ts'
import { type CommandEvent, result } from '../../src/commands/define.ts'
import type { Rejected } from '../../src/commands/results.ts'
import { SortedFolder } from '../../src/files/sorted-folder.ts'
import type { Source, Sources } from '../../src/images/source.ts'
import { pictureProgress } from '../../src/progress.ts'
import { rejectPicture } from '../../src/services/labeling.ts'
import { createPredictor } from '../../src/services/prediction.ts'
import { requireSomeUsed } from './rejected.ts'

type Sorting = { pictures: Sources; caution: Caution | undefined; dir: string }

/** Copies pictures into a folder for each answer; those that it has already are counted. */
export async function* sortIntoFolders(
  app: App,
  dataset: number,
  { pictures, caution, dir }: Sorting,
): AsyncGenerator<CommandEvent> {
  const predict = await createPredictor(app, dataset, { caution })
  const target = await SortedFolder.open(dir)
  const asked: Source[] = []
  const rejected: Rejected[] = []
  const counts = { copied: 0, there: 0, sure: 0, unsure: 0, unknown: 0 }
  /** By folder. */
  const folders = new Map<string, number>()

  async function* outside(): AsyncGenerator<Source> {
    for await (const source of pictures)
      if (!target.has(source.name)) {
        asked.push(source)
        yield source
      }
  }

  let done = 0
  for await (const answer of predict(outside())) {
    const source = asked.shift()
    if ('error' in answer) rejected.push({ file: answer.file, ...answer.error })
    else if (source)
      try {
        const { label, grade } = answer.prediction
        const name = source.storedAs ?? source.name
        const { folder, isNew } = await target.copy(await source.read(), { name, label, grade })
        counts[isNew ? 'copied' : 'there']++
        counts[grade]++
        folders.set(folder, (folders.get(folder) ?? 0) + 1)
      } catch (error) {
        rejected.push(rejectPicture(source, error))
      }
    yield pictureProgress(++done)
  }
  const { copied, there } = counts
  const rows = [...folders].map(([folder, pictures]) => ({ folder, pictures }))
  const sorted = rows.sort((a, b) => b.pictures - a.pictures || (a.folder < b.folder ? -1 : 1))
  yield result('sorted', { dir, ...counts, folders: sorted, rejected })
  requireSomeUsed({}, { used: copied + there, rejected })
}
