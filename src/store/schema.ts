import type { Generated } from 'kysely'

export type Schema = {
  /** `version` is the one in use; `backbone` sees what is filed from now on. */
  datasets: { id: Generated<number>; name: string; version: number | null; backbone: string }
  /** Networks that a person named by file. */
  backbones: { id: string; file: string; input: string; output: string | null }
  /** `key` is what labels are compared by. */
  labels: { id: Generated<number>; dataset: number; name: string; key: string }
  pictures: {
    id: Generated<number>
    dataset: number
    pixel_hash: Buffer
    /** SHA-256 of the file as it came, so that a second import skips decoding. */
    file_hash: Buffer
    perceptual_hash: string
    copy: Buffer
  }
  features: { picture: number; backbone: string; vector: Buffer }
  examples: { id: Generated<number>; picture: number; label: number; file: string; filed_at: string; filed_by: string }
  versions: {
    id: Generated<number>
    dataset: number
    number: number
    made_at: string
    backbone: string
    measurement: string
    classifier: string
  }
}
