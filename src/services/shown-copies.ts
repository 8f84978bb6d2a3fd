import type { Tile } from '../charts/gallery.ts'
import type { ServiceContext } from '../context.ts'
import { countRestricted, readAllCopies, readCopies } from '../db/pictures.ts'

/** Whether what was added in age-restricted channels is shown, too; by default it is not. */
export type Sight = { seesAll?: boolean | undefined }

/** Captioned pictures, and how many are not shown here. */
export type Gallery = { gallery: Tile[]; hidden: number }

/** What of some examples somebody may see: their copies by id, and how many they may not. */
export async function readShownCopies(
  { db }: Pick<ServiceContext, 'db'>,
  dataset: number,
  { examples, seesAll = false }: Sight & { examples: number[] },
): Promise<{ copies: Map<number, Uint8Array>; hidden: number }> {
  if (seesAll) return { copies: await readAllCopies(db, dataset, examples), hidden: 0 }
  return { copies: await readCopies(db, dataset, examples), hidden: await countRestricted(db, examples) }
}
