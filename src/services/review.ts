import type { ServiceContext } from '../context.ts'
import { claim, releaseClaims } from '../db/claims.ts'
import { readCopies } from '../db/pictures.ts'
import { decide, listWaitingFor, undoLast } from '../db/reviews.ts'
import type { Decision } from '../db/schema.ts'
import { listSuspects, listTypical, type Suspect } from '../db/suspects.ts'
import { UserError } from '../errors.ts'
import type { Label } from '../label.ts'

/** How long nobody else gets what a reviewer looks at, in milliseconds. */
const HELD = 10 * 60_000
/** How long what was skipped is not shown to the same person. */
const SKIPPED = 24 * 3600_000
/** Typical pictures beside a suspect, of its label and of the suggested one. */
const TYPICAL = 3

type Judged = { decision: Decision; label?: Label | undefined }

/** Decides about examples. @param agreement reviewers who must say the same @returns how many it was carried out for, how many wait */
export async function review(
  { db, events }: ServiceContext,
  dataset: number,
  examples: number[],
  { decision, label }: Judged,
  by: string,
  agreement: number,
): Promise<{ done: number; waiting: number }> {
  let done = 0
  for (const example of examples) if (await decide(db, dataset, { example, decision, label, by, agreement })) done++
  if (done > 0) events.emit('examplesChanged', dataset, done)
  return { done, waiting: examples.length - done }
}

/** Takes a person's last decision back. @returns the example. Throws UserError review.nothing-to-undo */
export async function undo({ db, events }: ServiceContext, dataset: number, by: string): Promise<number> {
  const example = await undoLast(db, dataset, by)
  if (example === undefined) throw new UserError('review.nothing-to-undo', 'Expected a decision of yours to take back')
  events.emit('examplesChanged', dataset, 1)
  return example
}

/** The worst suspect that nobody else looks at, for a reviewer alone, and how many are left. Undefined: none is left for them. */
export async function nextSuspect({ db, ttlStore }: ServiceContext, dataset: number, by: string) {
  await releaseClaims(db, by)
  const all = await listSuspects(db, dataset)
  const said = await listWaitingFor(db, dataset, by)
  for (const suspect of all) {
    const { example } = suspect
    if (said.has(example) || (await ttlStore.get(skipKey(example, by)))) continue
    if (await claim(db, example, { by, until: Date.now() + HELD })) return { suspect, left: all.length - said.size }
  }
  return undefined
}

/** Not now: others may. */
export const skip = ({ ttlStore }: ServiceContext, example: number, by: string) =>
  ttlStore.set(skipKey(example, by), true, SKIPPED)

const skipKey = (example: number, by: string): string => `skipped:${example}:${by}`

/** The suspect, typical pictures of its label, and of the suggested one, to be looked at side by side. */
export async function suspectGallery({ db }: ServiceContext, dataset: number, { example, label, suggested }: Suspect) {
  const typical = (of: string) => listTypical(db, dataset, { label: of, limit: TYPICAL })
  const beside = [...(await typical(label)), ...(suggested === null ? [] : await typical(suggested))]
  const copies = await readCopies(db, dataset, [example, ...beside.map((f) => f.example)])
  return [{ example, label: '?' }, ...beside].flatMap((f) => {
    const copy = copies.get(f.example)
    return copy ? [{ copy, caption: f.label, note: f.example === example ? `#${example}` : '' }] : []
  })
}
