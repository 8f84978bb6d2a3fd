import type { CommandEvent } from '../../src/commands/define.ts'
import type { Rejected } from '../../src/commands/results.ts'
import { UserError } from '../../src/errors.ts'
import type { Source } from '../../src/images/source.ts'
import { pictureProgress } from '../../src/progress.ts'

/** Processes pictures one by one; a UserError rejects only its own picture. Yields progress and returns the counts. */
export async function* forEachPicture(
  sources: Source[],
  work: (source: Source) => Promise<void>,
): AsyncGenerator<CommandEvent, { done: number; rejected: Rejected[] }> {
  const rejected: Rejected[] = []
  for (const [i, source] of sources.entries()) {
    try {
      await work(source)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      rejected.push({ file: source.name, code: error.code, message: error.message })
    }
    yield pictureProgress(i + 1, sources.length)
  }
  return { done: sources.length - rejected.length, rejected }
}
