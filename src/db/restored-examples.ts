import { createHash } from 'node:crypto'
import type { Label } from '../label.ts'
import type { Database } from './connection.ts'
import { labelNamed } from './labels.ts'
import { readCopy } from './pictures.ts'

/**
 * A picture as an export has it. `pixelHash`: what the export says. `isTrusted`: that is believed; otherwise only where the
 * dataset has the very same copy. `copy`: the file.
 */
type ExportedPicture = { label: Label; pixelHash: Buffer; isTrusted: boolean; copy: Uint8Array }

/** `pixelHash`: of the dataset's picture that it is; undefined: of none. `isThere`: the label has it already. */
type Recognized = { pixelHash: Buffer | undefined; isThere: boolean }

/** Whether a dataset has a picture of an export, and under the label, in whatever state. */
export async function recognizePicture(db: Database, dataset: number, exported: ExportedPicture): Promise<Recognized> {
  const picture = await findSame(db, dataset, exported)
  if (!picture) return { pixelHash: undefined, isThere: false }
  const example = await db
    .selectFrom('examples')
    .select('id')
    .where('picture', '=', picture.id)
    .where('label', '=', labelNamed(db, dataset, exported.label).select('id'))
    .limit(1)
    .executeTakeFirst()
  return { pixelHash: picture.pixelHash, isThere: example !== undefined }
}

async function findSame(
  db: Database,
  dataset: number,
  { pixelHash, isTrusted, copy }: ExportedPicture,
): Promise<{ id: number; pixelHash: Buffer } | undefined> {
  const some = db.selectFrom('pictures').select(['id', 'pixel_hash']).where('dataset', '=', dataset).limit(1)
  const claimed = await some.where('pixel_hash', '=', pixelHash).executeTakeFirst()
  if (claimed && (isTrusted || (await hasCopy(db, claimed.id, copy))))
    return { id: claimed.id, pixelHash: claimed.pixel_hash }
  // One that was added as a file of its own.
  const added = await some.where('file_hash', '=', sha256(copy)).executeTakeFirst()
  return added && { id: added.id, pixelHash: added.pixel_hash }
}

async function hasCopy(db: Database, picture: number, copy: Uint8Array): Promise<boolean> {
  const stored = await readCopy(db, picture)
  return stored !== undefined && Buffer.from(stored).equals(copy)
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
