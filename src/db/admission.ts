import { UserError } from '../errors.ts'
import type { Label } from '../label.ts'
import { findBlocked } from './blocked-pictures.ts'
import type { Transaction } from './kysely.ts'
import { findLabel } from './labels.ts'
import { findPicture, type NewPicture } from './pictures.ts'
import type { Schema } from './schema.ts'
import { type Limits, readRoom } from './server-limits.ts'

type Addition = { label: Label; picture: NewPicture }

/** Whether one more picture may be added to a label: what says why not, or undefined, and then it is counted. */
type Admission = (addition: Addition) => Promise<UserError | undefined>

/**
 * Decides, in the transaction that adds them, about pictures: those that are kept out, and what is over a server's limits.
 * @param limits for servers for which nothing was set
 */
export async function openAdmission(
  t: Transaction<Schema>,
  dataset: number,
  { limits, pictures }: { limits: Limits; pictures: NewPicture[] },
): Promise<Admission> {
  const blocked = await findBlocked(t, pictures)
  const room = await readRoom(t, dataset, limits)

  return async ({ label, picture }) => {
    if (blocked.has(picture))
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

export const tooMany = (what: 'pictures' | 'labels', max: number): UserError =>
  new UserError(
    `limit.${what}`,
    `Expected at most ${max} ${what} on this server, received more: remove some, or have the operator raise the limit (\`servers limit\`)`,
    { max },
  )
