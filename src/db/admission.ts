import { UserError } from '../errors.ts'
import type { Label } from '../label.ts'
import { findBlocked, type PictureHashes } from './blocked-pictures.ts'
import type { Transaction } from './kysely.ts'
import { findLabel } from './labels.ts'
import { findPicture, type NewPicture } from './pictures.ts'
import type { Schema } from './schema.ts'
import { type Limits, readLabelRoom, readRoom } from './server-limits.ts'
import { lockBlocking } from './transactions.ts'

/** `seen`: of a picture whose hashes are told by an export, those that its pixels have here. */
type Addition = { label: Label; picture: Omit<NewPicture, 'copy'>; seen?: PictureHashes | undefined }

/** Whether one more picture may be added to a label: what says why not, or undefined, and then it is counted. */
type Admission = (addition: Addition) => Promise<UserError | undefined>

/**
 * Decides, in the transaction that adds them, about pictures: those that are kept out, and what is over a server's limits.
 * @param asked `limits`: for servers for which nothing was set
 */
export async function openAdmission(
  t: Transaction<Schema>,
  dataset: number,
  { limits, additions }: { limits: Limits; additions: readonly Addition[] },
): Promise<Admission> {
  await lockBlocking(t, { beside: true })
  const blocked = await findBlocked(
    t,
    additions.flatMap(({ picture, seen }): PictureHashes[] => (seen ? [picture, seen] : [picture])),
  )
  const room = await readRoom(t, dataset, limits)

  return async ({ label, picture, seen }) => {
    if (blocked.has(picture) || (seen && blocked.has(seen)))
      return new UserError('picture.blocked', 'Expected a picture that may be added here, received one that may not')
    const takesPicture = room.pictures && (await findPicture(t, dataset, picture)) === undefined
    const takesLabel = room.labels && !(await findLabel(t, dataset, label))
    if (room.pictures && takesPicture && room.pictures.left <= 0) return tooMany('pictures', room.pictures.max)
    if (room.labels && takesLabel && room.labels.left <= 0) return tooMany('labels', room.labels.max)
    if (room.pictures && takesPicture) room.pictures.left--
    if (room.labels && takesLabel) room.labels.left--
    return undefined
  }
}

/**
 * Makes a change that may add labels, and may empty others. Throws UserError limit.labels where the server then has more than
 * before, and more than it may have: the transaction must not go on
 */
export async function withinLabelLimit<T>(
  t: Transaction<Schema>,
  { dataset, limits }: { dataset: number; limits: Limits },
  change: () => Promise<T>,
): Promise<T> {
  const before = await readLabelRoom(t, dataset, limits)
  const changed = await change()
  const after = before && (await readLabelRoom(t, dataset, limits))
  if (after && after.left < 0 && after.left < before.left) throw tooMany('labels', after.max)
  return changed
}

export const tooMany = (what: 'pictures' | 'labels', max: number): UserError =>
  new UserError(
    `limit.${what}`,
    `Expected at most ${max} ${what} on this server, received more: remove some, or have the operator raise the limit (\`servers limit\`)`,
    { max },
  )
