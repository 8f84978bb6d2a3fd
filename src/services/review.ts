import { readServerLimits } from '../config.ts'
import type { ServiceContext } from '../context.ts'
import { claim, releaseClaims } from '../db/claims.ts'
import { decide } from '../db/reviews.ts'
import type { Decision } from '../db/schema.ts'
import { countSuspects, listTypical, readSuspects, type Suspect } from '../db/suspects.ts'
import type { Actor } from '../db/transitions.ts'
import { undoLast } from '../db/undo-review.ts'
import { UserError } from '../errors.ts'
import { isSpoiler } from '../images/spoiler.ts'
import type { Label } from '../label.ts'
import { type Gallery, readShownCopies, type Sight } from './shown-copies.ts'

/** Milliseconds for which nobody else is shown the example that a reviewer looks at: 10 minutes. */
export const CLAIM_MS = 10 * 60_000
/** Milliseconds for which a skipped example is not shown to the same reviewer: a day. */
const SKIP_MS = 24 * 3600_000
/** Typical examples beside a suspect, of its label and of the suggested one. */
const TYPICAL = 3

type ReviewDecision = {
  examples: number[]
  decision: Decision
  /** Where `move` moves them. */
  label?: Label | undefined
  by: string
  /** In which capacity `by` decides. */
  as: Actor
  /** Reviewers who must decide the same before it is carried out, from 1. */
  agreement: number
  /** The ids of the labels that they had when they were shown, by example: what has changed since is left as it is. */
  shown?: ReadonlyMap<number, number> | undefined
}

/**
 * Decides about examples. @returns for how many it was carried out, how many wait for other reviewers, and about how many
 * this person may not decide. Throws UserError review.gone, review.decided, review.withdrawn, limit.labels
 */
export async function decideOnExamples(
  { db, events }: ServiceContext,
  dataset: number,
  decision: ReviewDecision,
): ReturnType<typeof decide> {
  const decided = await decide(db, dataset, { ...decision, limits: readServerLimits() })
  if (decided.done > 0) events.emit('examplesChanged', dataset, decided.done)
  return decided
}

/**
 * Undoes a person's last decision, with those that were made together with it, and announces it as the decision was: one that
 * waited changed no example.
 * @returns the examples, the first of them first. Throws UserError review.nothing-to-undo, review.changed, limit.labels
 */
export async function undoDecision({ db, events }: ServiceContext, dataset: number, by: string): Promise<number[]> {
  const undone = await undoLast(db, dataset, { by, limits: readServerLimits() })
  if (!undone) throw new UserError('review.nothing-to-undo', 'Expected a decision of yours to undo')
  const examples = undone.together?.undone ?? [undone.example]
  if (!undone.waited) events.emit('examplesChanged', dataset, examples.length)
  return examples
}

type NextSuspect = { suspect: Suspect; left: number }

/** Suspects looked at together; that one is taken by others is rare. */
const PAGE = 25

/**
 * Claims the worst suspect that nobody else looks at and that this reviewer has neither decided about nor skipped.
 * @param suggested only one that this label fits better; null: one that none fits better
 * @returns it and how many are left; undefined: there is none for them
 */
export async function nextSuspect(
  app: ServiceContext,
  dataset: number,
  { by, suggested }: { by: string; suggested?: string | null | undefined },
): Promise<NextSuspect | undefined> {
  const { db } = app
  await releaseClaims(db, by)
  for (let after: Suspect | undefined; ; ) {
    const page = await readSuspects(db, dataset, { after, limit: PAGE, undecidedBy: by, suggested })
    for (const suspect of page) {
      const { example } = suspect
      if (await isSkipped(app, example, by)) continue
      if (await claim(db, example, { by, until: Date.now() + CLAIM_MS }))
        return { suspect, left: await countSuspects(db, dataset, by) }
    }
    after = page.at(-1)
    if (page.length < PAGE) return undefined
  }
}

/** Leaves an example to other reviewers, for a while. */
export async function skipSuspect({ ttlStore }: ServiceContext, example: number, by: string): Promise<void> {
  await ttlStore.set(skipKey(example, by), true, SKIP_MS)
}

/** Takes skipping some examples back. */
export async function unskip({ ttlStore }: ServiceContext, examples: readonly number[], by: string): Promise<void> {
  for (const example of examples) await ttlStore.delete(skipKey(example, by))
}

/** Whether a reviewer skipped an example a while ago. */
export const isSkipped = async ({ ttlStore }: ServiceContext, example: number, by: string): Promise<boolean> =>
  (await ttlStore.get(skipKey(example, by))) !== undefined

/** Keys of the store stay as they are: they are stored. */
const skipKey = (example: number, by: string): string => `skipped:${example}:${by}`

/** The suspect beside typical examples of its label and of the suggested one, as captioned pictures. */
export async function suspectGallery(
  app: ServiceContext,
  dataset: number,
  { example, file, label, suggested, seesAll }: Suspect & Sight,
): Promise<Gallery> {
  const typical = (of: string) => listTypical(app.db, dataset, { label: of, limit: TYPICAL })
  const others = [...(await typical(label)), ...(suggested === null ? [] : await typical(suggested))]
  const shown = [{ example, file, label: '?' }, ...others]
  const { copies, ...unshown } = await readShownCopies(app, dataset, { examples: shown.map((s) => s.example), seesAll })
  const gallery = shown.flatMap((s) => {
    const copy = copies.get(s.example)
    const note = s.example === example ? `#${example}` : ''
    return copy ? [{ copy, caption: s.label, note, isSpoiler: isSpoiler(s.file) }] : []
  })
  return { gallery, ...unshown }
}
