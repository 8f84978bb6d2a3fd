import type { Generated } from 'kysely'

export type Schema = {
  /** `version` is the one in use; `backbone` sees what is filed from now on. */
  /** `server` is empty for the terminal's own. */
  datasets: { id: Generated<number>; server: string; name: string; version: number | null; backbone: string }
  /** Networks that a person named by file. */
  backbones: { id: string; file: string; input: string; output: string | null; prior: string | null }
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
    /** Of the copy, in pixels; the standard deviation of its grey, 0 to 128. Null: filed before they were kept. */
    width: number | null
    height: number | null
    contrast: number | null
  }
  features: { picture: number; backbone: string; vector: Buffer }
  /** `state`: kept; excluded from the learning by a reviewer; or withdrawn with all that its teacher filed. */
  examples: {
    id: Generated<number>
    picture: number
    label: number
    file: string
    filed_at: string
    filed_by: string
    state: Generated<'kept' | 'excluded' | 'withdrawn'>
    /** 1 where a reviewer said that it is right. */
    vouched: Generated<number>
  }
  versions: {
    id: Generated<number>
    dataset: number
    number: number
    made_at: string
    backbone: string
    measurement: string
    classifier: string
  }
  /** What the last training found in a dataset: `scores` are example and score of each, 32 bits both. */
  surveys: { dataset: number; scores: Buffer; summary: string }
  /** What it holds to be wrong, and why. */
  suspicions: { example: number; score: number; suggested: string | null; reasons: string; left_out: number }
  /** What reviewers decided; `state`: waiting for another one, done, undone. `before`: what the example was. */
  reviews: {
    id: Generated<number>
    dataset: number
    example: number
    by: string
    decision: string
    label: string | null
    at: string
    state: string
    before: string | null
  }
  /** Who looks at a picture, until when (milliseconds since 1970), so that no other reviewer does. */
  claims: { example: number; by: string; until: number }
  /** Chat servers that the program was invited to; `left_at` starts the grace period. */
  servers: { id: string; settings: string; joined_at: string; left_at: string | null }
  audit: {
    id: Generated<number>
    at: string
    server: string
    dataset: number | null
    by: string
    action: string
    detail: string
  }
  feedback: {
    id: Generated<number>
    dataset: number
    prediction: string
    version: number
    said: string | null
    right: number
    truth: string | null
    by: string
    at: string
  }
  /** Keyv's; `expires_at` in milliseconds since 1970. */
  expiring: { key: string; value: string; expires_at: number | null }
  /** Posted messages that were taken to be answered; `work` is null once they were. */
  messages: { id: string; server: string; channel: string; work: string | null; at: number }
}
