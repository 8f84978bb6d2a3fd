import { createHash } from 'node:crypto'
import type { ServiceContext } from '../../context.ts'
import type { NewExample } from '../../db/insert-example.ts'
import { recognizePicture } from '../../db/restored-examples.ts'
import { UserError } from '../../errors.ts'
import { isPlainJpeg } from '../../images/plain-jpeg.ts'
import type { Source } from '../../images/source.ts'
import type { Label } from '../../label.ts'
import type { InferencePool } from '../../workers/inference/pool.ts'
import type { ManifestExample } from '../export/manifest.ts'

/**
 * What is believed of an export. `operator`: all of it, as of a backup. `manager`: what a manager may decide by themselves;
 * who added a picture, and when, is not theirs to say. `teacher`: labels and names of files.
 */
export type Trust = 'operator' | 'manager' | 'teacher'

/** A picture of an export. */
export type ExportedSource = { source: Source; label: Label; exported: ManifestExample; trust: Trust }

/** `backbone`: its id, and what computes its features. */
type Where = { dataset: number; by: string; ageRestricted: boolean; backbone: string; pool: InferencePool }

/**
 * What is to be stored of a picture of an export; undefined where the label has it, in whatever state. A copy that is a plain
 * JPEG stays as it is. Throws UserError picture.*, file.*, import.changed
 */
export async function ingestExported(
  { db }: ServiceContext,
  { dataset, by, ageRestricted, backbone, pool }: Where,
  { source, label, exported, trust }: ExportedSource,
): Promise<NewExample | undefined> {
  const bytes = await source.read()
  const fileHash = createHash('sha256').update(bytes).digest()
  if (fileHash.toString('hex') !== exported.copyHash) throw changed(source)
  const claim = { label, pixelHash: Buffer.from(exported.pixelHash, 'hex'), isTrusted: trust === 'operator' }
  const known = await recognizePicture(db, dataset, { ...claim, copy: bytes })
  if (known.isThere) return undefined
  const copy = isPlainJpeg(bytes) ? Buffer.from(bytes) : undefined
  const { features, ...decoded } = await pool.ingest(bytes)
  const seen = { pixelHash: decoded.pixelHash, perceptualHash: decoded.perceptualHash }
  const picture = { ...decoded, copy: copy ?? decoded.copy, fileHash, pixelHash: known.pixelHash ?? decoded.pixelHash }
  const isAgeRestricted = ageRestricted || exported.ageRestricted
  const common = { label, file: exported.file, ageRestricted: isAgeRestricted, backbone, features }
  if (trust !== 'operator') {
    const restored = { ...standingFor(trust, exported), at: new Date().toISOString(), seen, importer: by }
    return { ...common, by, picture, restored }
  }
  return {
    ...common,
    by: exported.addedBy,
    poster: exported.postedBy,
    picture: { ...picture, ...claimedPicture(exported, known.pixelHash ?? claim.pixelHash) },
    restored: { ...standingFor(trust, exported), at: exported.addedAt, seen, importer: by },
  }
}

/** What the export says of a picture's pixels, of which it has a copy with fewer. */
function claimedPicture({ fileHash, perceptualHash, width, height, contrast }: ManifestExample, pixelHash: Buffer) {
  return {
    pixelHash,
    fileHash: Buffer.from(fileHash, 'hex'),
    perceptualHash: BigInt(`0x${perceptualHash}`),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(contrast !== undefined && { contrast }),
  }
}

/** Only whoever reviews may say that a reviewer found a picture to be right. */
function standingFor(trust: Trust, { state, vouched }: ManifestExample) {
  return trust === 'teacher' ? { state: 'kept' as const, vouched: false } : { state, vouched }
}

const changed = ({ name }: Source): UserError =>
  new UserError('import.changed', `Expected the picture as it was exported, received another: ${name}`)
