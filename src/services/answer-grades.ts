import { z } from 'zod'
import type { Grade } from '../../models/evaluation/refusals.ts'

/** Which answers are posted in a watched channel, where nobody asked. */
export const POSTED_ANSWERS = ['sure', 'sure and unsure', 'all'] as const
export type PostedAnswers = (typeof POSTED_ANSWERS)[number]

/** Whether an answer of this grade is posted. */
export const isPosted = (setting: PostedAnswers, grade: Grade): boolean =>
  setting === 'all' || grade === 'sure' || (grade === 'unsure' && setting === 'sure and unsure')

/** Confidence, 0 to 1, from which a setting of before meant answers that are sure. */
const SURE_FROM = 0.5

/**
 * The grades that come closest to a confidence that was set before there were grades (0.2). At zero everything recognized
 * was answered. Below one half the label did not even have to be likelier than all others together, which is what an
 * unsure answer says; from there on it had to.
 * @param confidence from 0 to 1
 */
export const answersFrom = (confidence: number): PostedAnswers => (confidence < SURE_FROM ? 'sure and unsure' : 'sure')

const Confidence = z.number().gt(0).max(1)

/**
 * Settings as they are stored, with the grades that stand for a confidence. `formerConfidence` says that nobody was told
 * yet. A confidence of zero meant what is the default now.
 */
export function withGrades(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null || 'answer' in stored || !('confidence' in stored)) return stored
  const { confidence, ...rest } = stored
  const { data } = Confidence.safeParse(confidence)
  return data === undefined ? rest : { ...rest, answer: answersFrom(data), formerConfidence: data }
}
