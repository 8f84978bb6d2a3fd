import type { Tile } from '../charts/gallery.ts'
import type { ServiceContext } from '../context.ts'
import { countRestricted, readSome } from '../db/pictures.ts'
import { UserError } from '../errors.ts'

/** Whether what was added in age-restricted channels is shown, too; by default it is not. */
export type Sight = { seesAll?: boolean | undefined }

/** Captioned pictures, how many are not shown here, and how many cannot be read. */
export type Gallery = { gallery: Tile[] } & Unshown
export type Unshown = { hidden: number; unreadable: number }

/**
 * What of some examples somebody may see: their copies by id, and how many they may not. A bucket that does not answer costs
 * the pictures alone, and nothing that they stand beside.
 */
export async function readShownCopies(
  { db }: Pick<ServiceContext, 'db'>,
  dataset: number,
  { examples, seesAll = false }: Sight & { examples: number[] },
): Promise<{ copies: Map<number, Uint8Array> } & Unshown> {
  const hidden = seesAll ? 0 : await countRestricted(db, examples)
  try {
    return { ...(await readSome(db, dataset, { examples, isShownToAll: !seesAll })), hidden }
  } catch (error) {
    if (!(error instanceof UserError && error.code.startsWith('bucket.'))) throw error
    return { copies: new Map(), hidden, unreadable: examples.length - hidden }
  }
}
