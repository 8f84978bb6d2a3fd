import type { ServiceContext } from '../context.ts'
import { claimSome, releaseOthers } from '../db/claims.ts'
import { readExampleRows } from '../db/decisions.ts'
import { countVotes } from '../db/reviews.ts'
import { countSuspects, filterSuspects, listTypical, readSuspects, type Suspect } from '../db/suspects.ts'
import { likelyLabels } from './likely-labels.ts'
import { CLAIM_MS, isSkipped } from './review.ts'

/** Suspects that somebody has before them one by one: so many keys may be pressed before the server has answered the first. */
const AHEAD = 12
/** Suspects in one group, at most, and groups: the one that is looked at, and the next. */
const [TOGETHER, GROUPS] = [24, 2]
/** Suspects read at once. */
const PAGE = 50
/** Typical examples of each label that is named. */
const TYPICAL = 6

/**
 * One that awaits a decision. `labelId`: of the label that it has, so that nobody decides about what has changed since.
 * `likely`: other labels, the likeliest first. `votes`: other reviewers who have decided about it, and wait for one more.
 */
type QueuedSuspect = Omit<Suspect, 'by'> & { labelId: number; likely: string[]; votes: number }

/** `left`: how many suspects there are for them in all, without those that they skipped. `typical`: numbers of examples, by label. */
export type ReviewQueue = {
  suspects: QueuedSuspect[]
  left: number
  skipped: number
  typical: { label: string; examples: number[] }[]
}

/**
 * `grouped`: with each suspect those that the same label fits better. `first`: comes before the others, where it is a suspect.
 * `seesAll`: with those that were added in age-restricted channels.
 */
type Wanted = { by: string; grouped: boolean; first?: readonly number[]; seesAll: boolean }

/**
 * Claims what a reviewer looks at next, the worst first, and gives back what they had claimed before: no two reviewers have
 * the same one.
 */
export async function openReviewQueue(app: ServiceContext, dataset: number, wanted: Wanted): Promise<ReviewQueue> {
  const { db } = app
  const { by, grouped } = wanted
  const skipped = new Set<number>()
  const looking = { ...wanted, skipped }
  const claimed = grouped ? await claimGroups(app, dataset, looking) : await claimWorst(app, dataset, looking)
  // Others may have decided about some, and given them back, between the look and the claim.
  const still = await filterSuspects(
    db,
    dataset,
    claimed.map(({ example }) => example),
  )
  const found = claimed.filter(({ example }) => still.has(example))
  const ids = found.map(({ example }) => example)
  await releaseOthers(db, by, ids)
  const rows = await readExampleRows(db, dataset, ids)
  const likely = await likelyLabels(app, dataset, ids)
  const votes = await countVotes(db, ids, by)
  const suspects = found.flatMap(({ by: _, ...suspect }) => {
    const { example, label, suggested } = suspect
    const row = rows.get(example)
    if (!row) return []
    const others = new Set(suggested === null ? [] : [suggested])
    for (const one of likely.get(example) ?? []) if (one !== label) others.add(one)
    return [{ ...suspect, labelId: row.labelId, likely: [...others], votes: votes.get(example) ?? 0 }]
  })
  const left = (await countSuspects(db, dataset, by)) - skipped.size
  return { suspects, left, skipped: skipped.size, typical: await listTypicalOf(app, dataset, suspects) }
}

/** `skipped`: filled with those that this reviewer skipped. */
type Looking = Wanted & { skipped: Set<number> }

async function claimWorst(app: ServiceContext, dataset: number, wanted: Looking): Promise<Suspect[]> {
  const claimed: Suspect[] = []
  if (wanted.first?.length) {
    const again = await readSuspects(app.db, dataset, { limit: PAGE, undecidedBy: wanted.by, among: wanted.first })
    await claimFree(app, again, { ...wanted, claimed, most: AHEAD })
  }
  for await (const page of freePages(app, dataset, wanted)) {
    await claimFree(app, page, { ...wanted, claimed, most: AHEAD })
    if (claimed.length >= AHEAD) break
  }
  return claimed
}

async function claimGroups(app: ServiceContext, dataset: number, wanted: Looking): Promise<Suspect[]> {
  const claimed: Suspect[] = []
  const seen = new Set<string | null>()
  for await (const page of freePages(app, dataset, wanted))
    for (const worst of page) {
      if (seen.has(worst.suggested)) continue
      const group: Suspect[] = []
      for await (const alike of freePages(app, dataset, { ...wanted, suggested: worst.suggested })) {
        await claimFree(app, alike, { ...wanted, claimed: group, most: TOGETHER })
        if (group.length >= TOGETHER) break
      }
      claimed.push(...group)
      if (group.length > 0) seen.add(worst.suggested)
      if (seen.size >= GROUPS) return claimed
    }
  return claimed
}

/** Suspects that a reviewer has neither decided about nor skipped, the worst first; others may look at some of them. */
async function* freePages(
  app: ServiceContext,
  dataset: number,
  { by, seesAll, suggested, skipped }: Looking & { suggested?: string | null },
): AsyncGenerator<Suspect[]> {
  for (let after: Suspect | undefined; ; ) {
    const page = await readSuspects(app.db, dataset, { after, limit: PAGE, undecidedBy: by, suggested, seesAll })
    const free: Suspect[] = []
    for (const suspect of page)
      if (await isSkipped(app, suspect.example, by)) skipped.add(suspect.example)
      else free.push(suspect)
    yield free
    if (page.length < PAGE) return
    after = page.at(-1)
  }
}

/** Adds to `claimed`, until it has `most`, those of some that nobody else has. */
async function claimFree(
  { db }: ServiceContext,
  some: Suspect[],
  { by, claimed, most }: Wanted & { claimed: Suspect[]; most: number },
): Promise<void> {
  const wanted = some.filter(({ example }) => !claimed.some((one) => one.example === example))
  for (let next = 0; next < wanted.length && claimed.length < most; ) {
    const tried = wanted.slice(next, next + most - claimed.length)
    next += tried.length
    const ids = tried.map(({ example }) => example)
    const own = await claimSome(db, ids, { by, until: Date.now() + CLAIM_MS })
    claimed.push(...tried.filter(({ example }) => own.has(example)))
  }
}

async function listTypicalOf(
  { db }: ServiceContext,
  dataset: number,
  suspects: QueuedSuspect[],
): Promise<ReviewQueue['typical']> {
  const labels = new Set(
    suspects.flatMap(({ label, suggested }) => (suggested === null ? [label] : [label, suggested])),
  )
  const typical: ReviewQueue['typical'] = []
  for (const label of labels) {
    const examples = await listTypical(db, dataset, { label, limit: TYPICAL, isShownToAll: true })
    typical.push({ label, examples: examples.map(({ example }) => example) })
  }
  return typical
}
