import { words } from '../lib/words.ts'
import type { Version } from './data.ts'

/** Why a version became the active one when it was trained, or did not; empty where that is not known. */
export function sayWhy({ reason, promoted }: Pick<Version, 'reason' | 'promoted'>): string {
  const { versions: w } = words().model
  const known = reason ? w.why[reason] : undefined
  if (known !== undefined) return known
  if (promoted === undefined || promoted === null) return ''
  return promoted ? w.whyUnknown.yes : w.whyUnknown.no
}
