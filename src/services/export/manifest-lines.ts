import { createHash } from 'node:crypto'
import type { StoredDecision, StoredExample } from '../../db/stored-examples.ts'
import {
  MANIFEST_PART_BYTES,
  type ManifestDecision,
  type ManifestExample,
  type ManifestLine,
  manifestName,
} from './manifest.ts'
import type { ArchiveFile } from './person-archive.ts'

/** @param picture where its file is in the export */
export function exampleLine(example: StoredExample, picture: string): ManifestExample {
  const { width, height, contrast, posted_by: postedBy } = example
  return {
    kind: 'example',
    id: example.id,
    picture,
    label: example.label,
    file: example.file,
    addedBy: example.filed_by,
    addedAt: example.filed_at,
    ...(postedBy !== null && { postedBy }),
    state: example.state,
    vouched: example.vouched === 1,
    ageRestricted: example.age_restricted === 1,
    copyHash: createHash('sha256').update(example.copy).digest('hex'),
    pixelHash: example.pixel_hash.toString('hex'),
    fileHash: example.file_hash.toString('hex'),
    perceptualHash: example.perceptual_hash,
    ...(width !== null && { width }),
    ...(height !== null && { height }),
    ...(contrast !== null && { contrast }),
  }
}

export function decisionLine({ beforeLabel, afterLabel, ...row }: StoredDecision): ManifestDecision {
  const { before } = row
  return {
    kind: 'decision',
    example: row.example,
    by: row.by,
    decision: row.decision,
    ...(row.label !== null && { label: row.label }),
    at: row.at,
    state: row.state,
    ...(row.batch !== null && { batch: row.batch }),
    ...(before && {
      before: {
        state: before.state,
        vouched: before.vouched === 1,
        label: before.label,
        ...(beforeLabel !== null && { labelNow: beforeLabel }),
        ...(before.after && {
          after: {
            state: before.after.state,
            vouched: before.after.vouched === 1,
            ...(afterLabel !== null && { labelNow: afterLabel }),
          },
        }),
      },
    }),
  }
}

/** The lines of a manifest, as files that are each held in memory. */
export class ManifestParts {
  private parts = 0
  private lines: string[] = []
  private bytes = 0

  /** A file that is full now, if one is. */
  add(line: ManifestLine): ArchiveFile | undefined {
    const text = `${JSON.stringify(line)}\n`
    this.lines.push(text)
    this.bytes += Buffer.byteLength(text)
    return this.bytes < MANIFEST_PART_BYTES ? undefined : this.end()
  }

  end(): ArchiveFile {
    const file = { path: manifestName(++this.parts), bytes: new Uint8Array(Buffer.from(this.lines.join(''))) }
    this.lines = []
    this.bytes = 0
    return file
  }
}
