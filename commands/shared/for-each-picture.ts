import type { CommandEvent } from '../../src/commands/define.ts'
import type { Rejected } from '../../src/commands/results.ts'
import type { Source } from '../../src/images/source.ts'
import { pictureProgress } from '../../src/progress.ts'
import { rejectPicture } from '../../src/services/labeling.ts'

/**
 * Processes pictures one by one; what is wrong with one rejects it alone. Yields progress and returns the counts.
 * Throws what concerns every picture to come (services/labeling.ts)
 */
export async function* forEachPicture(
  sources: Source[],
  work: (source: Source) => Promise<void>,
): AsyncGenerator<CommandEvent, { done: number; rejected: Rejected[] }> {
  const rejected: Rejected[] = []
  for (const [i, source] of sources.entries()) {
    try {
      await work(source)
    } catch (error) {
      rejected.push(rejectPicture(source, error))
    }
    yield pictureProgress(i + 1, sources.length)
  }
  return { done: sources.length - rejected.length, rejected }
}
