import { UserError } from '../errors.ts'
import { isWithin, readFolder, realPath } from './folder.ts'
import type { Path } from './path.ts'

/** A file; what cannot be looked at, and why; or how many entries were passed over. */
type Found = { file: Path } | { failed: Path; error: UserError } | { skipped: number }

/**
 * The files of a folder and of its folders, in order of name. One that cannot be looked at does not end the rest. Links are
 * followed to folders elsewhere, once each; those that lead back are skipped: what is there comes by its own path.
 * @param root the folder that was handed over, if `folder` is one inside of it
 */
export async function* walk(folder: Path, root: Path = folder): AsyncGenerator<Found> {
  const known = folder === root ? [] : [await realPath(folder)]
  yield* new Walk([await realPath(root), ...known]).into(folder)
}

class Walk {
  /** Real paths of the folders that were handed over, and of linked ones that were entered. */
  private readonly known: string[]

  constructor(known: string[]) {
    this.known = known
  }

  async *into(folder: Path): AsyncGenerator<Found> {
    const listing = await attempt(() => readFolder(folder))
    if (listing instanceof UserError) return yield { failed: folder, error: listing }
    if (listing.skipped > 0) yield { skipped: listing.skipped }
    for (const entry of listing.entries) {
      if (entry.kind === 'file') yield { file: entry.path }
      else if (entry.kind === 'folder') yield* this.into(entry.path)
      else if (entry.kind === 'failed') yield { failed: entry.path, error: entry.error }
      else yield* this.intoLinked(entry.path)
    }
  }

  private async *intoLinked(link: Path): AsyncGenerator<Found> {
    const real = await attempt(() => realPath(link))
    if (real instanceof UserError) return yield { failed: link, error: real }
    if (this.known.some((folder) => isWithin(real, folder) || isWithin(folder, real))) return yield { skipped: 1 }
    this.known.push(real)
    yield* this.into(link)
  }
}

/** A UserError as a value. */
async function attempt<T>(work: () => Promise<T>): Promise<T | UserError> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}
