import { z } from 'zod'

// What a training finds out about the examples, and how it is stored. The keys of the JSON stay as they are.

/** Why an example is suspect. `also-under`: nearly the same picture is under another label too. */
export const Reason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('looks-like'), label: z.string() }),
  z.object({ kind: z.literal('unlike') }),
  z.object({ kind: z.literal('also-under'), label: z.string(), example: z.int() }),
  z.object({ kind: z.literal('blank') }),
  z.object({ kind: z.literal('small') }),
])
export type Reason = z.infer<typeof Reason>

/** An example that the data contradict. */
export type LabelIssue = {
  example: number
  /** From 0 to 1. */
  score: number
  /** The label that fits better; null: none does. */
  suggested: string | null
  reasons: Reason[]
  /** Whether the training did not learn from it. */
  leftOut: boolean
}

/** Shares from 0 to 1 of the examples that are suspect: of those a teacher added, and of those that `others` added. */
const Teacher = z.object({ teacher: z.string(), examples: z.int(), suspected: z.number(), others: z.number() })

/** What a training found in a dataset. */
export const IssueSummary = z.object({
  flagged: z.int(),
  leftOut: z.int(),
  /** Near copies under one label; nearly the same picture under two. */
  copies: z.int(),
  conflicts: z.int(),
  /** Whose examples contradict everybody else's, most first. */
  teachers: z.array(Teacher),
})
export type IssueSummary = z.infer<typeof IssueSummary>

export type IssueSurvey = {
  suspicions: LabelIssue[]
  /** How suspect each example is, from 0 to 1. */
  scores: { example: number; score: number }[]
  /**
   * As what heads that did not see it recognized each example of `scores`, in the same order: a place in `labels`, which holds
   * the labels' ids; -1: not measured. Left out: not kept.
   */
  answers?: { labels: number[]; classes: ArrayLike<number> }
  summary: IssueSummary
}
