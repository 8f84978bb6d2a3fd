import { type CommandEvent, result } from '../../src/commands/define.ts'
import { errorCode, UserError } from '../../src/errors.ts'
import { isSpoiler } from '../../src/images/spoiler.ts'
import type { Label } from '../../src/label.ts'
import { pictureProgress } from '../../src/progress.ts'
import { addPictures, type LabelledSource } from '../../src/services/labeling.ts'
import { requireSomeUsed } from './rejected.ts'
import { RestoredStates } from './restored-states.ts'
import { seesAll } from './sees-all.ts'
import { type Call, Listing } from './zips.ts'

/** Added pictures that are shown as small copies. */
const MAX_THUMBNAILS = 10

/** `label`: the one that all are added to, if there is only one. `finish`: what follows once all are there. */
type Additions = { sources: AsyncIterable<LabelledSource>; label?: Label; finish?: () => Promise<Finished> }
/** `decisions`: how many of an export were brought back; undefined: it was none. `isYours`: all was added by whoever imports. */
export type Finished = { decisions: number; isYours: boolean } | undefined

/** Adds labelled pictures, all of one label where there is one, and reports the counts. */
export function addAndReport(
  call: Call,
  sources: LabelledSource[],
  { label }: { label?: Label },
): AsyncGenerator<CommandEvent> {
  const listing = new Listing(call)
  listing.total = sources.length
  return addListed(call, listing, { sources: each(sources), ...(label && { label }) })
}

/** Adds labelled pictures while they are listed, reports the counts, and closes the listing. */
export async function* addListed(
  call: Call,
  listing: Listing,
  { sources, label, finish }: Additions,
): AsyncGenerator<CommandEvent> {
  const { app, screen, chat, dataset, by, begunAt } = call
  const added: number[] = []
  const copies: Uint8Array[] = []
  /** By label. */
  const counts = new Map<string, number>()
  let duplicates = 0
  let done = 0
  /** In the order of the outcomes. */
  const labels: string[] = []
  const restored = new RestoredStates()
  let finished: Finished
  async function* observed(): AsyncGenerator<LabelledSource> {
    for await (const one of sources) {
      labels.push(one.label.name)
      listing.hasSpoilers ||= isSpoiler(one.source.name)
      restored.note(one)
      yield one
    }
  }
  try {
    // Where it is not known who may look, it is as if only adults might.
    const ageRestricted = chat !== undefined && chat.isAgeRestricted !== false
    for await (const outcome of addPictures(app, { dataset, by, ageRestricted, begunAt }, observed())) {
      const name = labels[done] ?? ''
      if (outcome === 'duplicate') duplicates++
      else if ('added' in outcome) {
        added.push(outcome.added)
        counts.set(name, (counts.get(name) ?? 0) + 1)
        restored.count(done)
        const isShown = seesAll(screen) || !restored.isAgeRestricted(done)
        if (copies.length < MAX_THUMBNAILS && isShown) copies.push(outcome.copy)
      } else listing.rejected.push(outcome)
      yield pictureProgress(++done, listing.total)
      // All that would follow is over the limit, too.
      if (isOverLimit(outcome)) break
    }
    finished = await finish?.()
  } finally {
    listing.close()
  }
  const { rejected, skipped, parts, folders } = listing
  const summary = {
    added: added.length,
    duplicates,
    rejected,
    ...(label ? { label: label.name } : { labels: [...counts].map(([label, added]) => ({ label, added })) }),
    ...(skipped > 0 && { skipped }),
    ...(parts.length > 0 && { parts }),
    ...(folders > 1 && { folders }),
    ...(finished && { restored: { ...finished, ...restored.counts } }),
  }
  // A terminal shows no pictures, and has `unlabel`.
  // What others had added is not for whoever imports it to undo.
  if (!screen || added.length === 0 || finished?.isYours === false) yield result('added', summary)
  else
    yield result('added', summary, {
      thumbnailStrip: copies,
      hasSpoilers: listing.hasSpoilers,
      choices: [{ key: 'undo', command: 'undo', options: { examples: added.join(',') } }],
    })
  const over = rejected.find(isOverLimit)
  if (over && !screen) throw new UserError(over.code, over.message)
  requireSomeUsed({ screen }, { used: added.length + duplicates, rejected })
}

/** A server has as much as it may have. */
const isOverLimit = (outcome: unknown): boolean =>
  typeof outcome === 'object' && /^limit\./.test(errorCode(outcome) ?? '')

async function* each(sources: LabelledSource[]): AsyncGenerator<LabelledSource> {
  yield* sources
}
