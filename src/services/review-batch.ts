import type { ServiceContext } from '../context.ts'
import { claimSome } from '../db/claims.ts'
import { readExampleRows } from '../db/decisions.ts'
import { readCopies } from '../db/pictures.ts'
import { listTypical, readSuspects, type Suspect } from '../db/suspects.ts'
import { isSpoiler } from '../images/spoiler.ts'
import { CLAIM_MS, isSkipped, nextSuspect } from './review.ts'

/** Suspects that are decided about together, at most: as many as can be looked at in one message. */
export const MAX_TOGETHER = 9
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
  const ids = free.map(({ example }) => example)
  const own = await claimSome(app.db, ids.slice(0, MAX_TOGETHER), { by, until: Date.now() + CLAIM_MS })
  if (own.size < MIN_TOGETHER) return worst
  const rows = await readExampleRows(app.db, dataset, [...own])
  const suspects = free.filter(({ example }) => own.has(example) && rows.has(example))
  const labels = suspects.map(({ example }) => rows.get(example)?.labelId ?? 0)
  return { suggested, suspects, labels, left: worst.left }
}

/** The suspects of a batch, and a typical picture of the label that would fit them, as captioned pictures. */
export async function batchGallery({ db }: ServiceContext, dataset: number, { suggested, suspects }: SuspectBatch) {
  const typical = suggested === null ? [] : await listTypical(db, dataset, { label: suggested, limit: 1 })
  const shown = [...suspects, ...typical]
  const copies = await readCopies(
    db,
    dataset,
    shown.map((s) => s.example),
  )
  return shown.flatMap(({ example, label, file }, i) => {
    const copy = copies.get(example)
    const note = i < suspects.length ? `#${example}` : ''
    return copy ? [{ copy, caption: label, note, isSpoiler: isSpoiler(file) }] : []
  })
}
