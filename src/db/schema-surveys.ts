import type { Generated } from './kysely.ts'

// What the store holds of what trainings found out; schema.ts has the rules.

/** What the last training found out about a dataset's examples. */
export type SurveyTable = {
  dataset: number
  /** Example (uint32) and score (float32) of each, little-endian. */
  scores: Buffer
  /** JSON: IssueSummary. */
  summary: string
  /**
   * As what each was recognized out of fold, in the order of `scores`: a place (uint16, little-endian) in the JSON list of ids of
   * labels. Null: not kept.
   */
  answers: Generated<Buffer | null>
  answer_labels: Generated<string | null>
}

/** Examples that the last training holds to be wrong. */
export type SuspicionTable = {
  example: number
  /** Of the example, so that the worst of a dataset are found without the others'. */
  dataset: number
  /** From 0 to 1. */
  score: number
  /** The label that fits better; null: none does. */
  suggested: string | null
  /** JSON: Reason[]. */
  reasons: string
  /** 1 where the training did not learn from it. */
  left_out: number
}
