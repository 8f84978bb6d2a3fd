import type { ReportData } from '../charts/report-data.ts'
import type { Database } from '../db/connection.ts'
import type { Suspect } from '../db/suspects.ts'
import { isSpoiler } from '../images/spoiler.ts'
import { readShownCopies, type Sight, type Unshown } from './shown-copies.ts'

/** Longer side of a picture on the page, in pixels, and its quality as JPEG. */
const SIDE = 160
const QUALITY = 80

type Picture = ReportData['conflicts'][number]
/** Each gives one picture, or none where it was deleted meanwhile. */
type SuspectPictures = {
  unshown: Unshown
  of(suspect: Suspect): Picture[]
  /** Beside the nearly equal picture under another label. */
  withConflict(suspect: Suspect): Picture[]
}

/** Small captioned pictures of suspects. */
export async function pictureSuspects(
  db: Database,
  dataset: number,
  { suspects, describeSuspect, seesAll }: Sight & { suspects: Suspect[]; describeSuspect(suspect: Suspect): string },
): Promise<SuspectPictures> {
  const ids = suspects.flatMap((s) => [s.example, ...conflictsOf(s)])
  const { copies, ...unshown } = await readShownCopies({ db }, dataset, { examples: ids, seesAll })
  const thumbnails = await makeThumbnails(copies)
  const picture = (suspect: Suspect, beside: Buffer | undefined): Picture[] => {
    const copy = thumbnails.get(suspect.example)
    const caption = `#${suspect.example} ${suspect.label}`
    return copy ? [{ copy, caption, note: describeSuspect(suspect), beside, isSpoiler: isSpoiler(suspect.file) }] : []
  }
  return {
    unshown,
    of: (suspect) => picture(suspect, undefined),
    withConflict: (suspect) => picture(suspect, conflictsOf(suspect).map((id) => thumbnails.get(id))[0]),
  }
}

/** The nearly equal examples under other labels. */
export const conflictsOf = ({ reasons }: Suspect): number[] =>
  reasons.flatMap((r) => (r.kind === 'also-under' ? r.example : []))

async function makeThumbnails(copies: Map<number, Uint8Array>): Promise<Map<number, Buffer>> {
  // Loaded only now: most commands of a terminal do without.
  const { default: sharp } = await import('sharp')
  const thumbnails = new Map<number, Buffer>()
  for (const [example, copy] of copies) {
    const small = sharp(copy).resize(SIDE, SIDE, { fit: 'inside' }).jpeg({ quality: QUALITY })
    thumbnails.set(example, await small.toBuffer())
  }
  return thumbnails
}
