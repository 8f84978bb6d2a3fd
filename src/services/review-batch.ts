import type { ServiceContext } from '../context.ts'
import { claimSome } from '../db/claims.ts'
import { readExampleRows } from '../db/decisions.ts'
import { listTypical, readSuspects, type Suspect } from '../db/suspects.ts'
import { isSpoiler } from '../images/spoiler.ts'
import { CLAIM_MS, isSkipped, nextSuspect } from './review.ts'
import { type Gallery, readShownCopies, type Sight } from './shown-copies.ts'

/** Suspects that are decided about together, at most: as many as can be looked at in one message. */
const MAX_TOGETHER = 9
/** At least: two are decided about faster one by one, beside typical pictures. */
const MIN_TOGETHER = 3
/** Suspects looked at for others that the same label fits better. */
const SEARCHED = 50

/**
 * `suspects`: that the same label fits better, the worst first; where that is null, that none fits better. `labels`: the ids of
 * those that they have, in the same order.
 */
export type SuspectBatch = { suggested: string | null; suspects: Suspect[]; labels: number[]; left: number }

/**
 * Claims what a reviewer looks at next: the worst suspect, with others that the same label fits better, of which nobody else
 * looks at any. One alone is shown beside typical pictures.
 * @returns undefined where there is none for them
 */
export async function nextBatch(
  app: ServiceContext,
  dataset: number,
  by: string,
): Promise<SuspectBatch | { suspect: Suspect; left: number } | undefined> {
  const worst = await nextSuspect(app, dataset, { by })
  if (!worst) return undefined
  const { suggested } = worst.suspect
  const alike = await readSuspects(app.db, dataset, { limit: SEARCHED, undecidedBy: by, suggested })
  const free: Suspect[] = []
  for (const suspect of alike) if (!(await isSkipped(app, suspect.example, by))) free.push(suspect)
  if (free.length < MIN_TOGETHER) return worst
  const own = await claimFirst(app, free, by)
  if (own.size < MIN_TOGETHER) return worst
  const rows = await readExampleRows(app.db, dataset, [...own])
  const suspects = free.filter(({ example }) => own.has(example) && rows.has(example))
  const labels = suspects.map(({ example }) => rows.get(example)?.labelId ?? 0)
  return { suggested, suspects, labels, left: worst.left }
}

/** @returns the first of some suspects that nobody else looks at, as many as are shown together */
async function claimFirst({ db }: ServiceContext, suspects: Suspect[], by: string): Promise<Set<number>> {
  const own = new Set<number>()
  for (let next = 0; next < suspects.length && own.size < MAX_TOGETHER; ) {
    const some = suspects.slice(next, next + MAX_TOGETHER - own.size).map(({ example }) => example)
    next += some.length
    for (const example of await claimSome(db, some, { by, until: Date.now() + CLAIM_MS })) own.add(example)
  }
  return own
}

/** The suspects of a batch, and a typical picture of the label that would fit them, as captioned pictures. */
export async function batchGallery(
  app: ServiceContext,
  dataset: number,
  { suggested, suspects, seesAll }: SuspectBatch & Sight,
): Promise<Gallery> {
  const typical = suggested === null ? [] : await listTypical(app.db, dataset, { label: suggested, limit: 1 })
  const shown = [...suspects, ...typical]
  const { copies, ...unshown } = await readShownCopies(app, dataset, { examples: shown.map((s) => s.example), seesAll })
  const gallery = shown.flatMap(({ example, label, file }, i) => {
    const copy = copies.get(example)
    const note = i < suspects.length ? `#${example}` : ''
    return copy ? [{ copy, caption: label, note, isSpoiler: isSpoiler(file) }] : []
  })
  return { gallery, ...unshown }
}
