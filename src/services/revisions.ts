import type { ServiceContext } from '../context.ts'
import { listRevisionsAfter, type Revision, readRevisionMark } from '../db/revisions.ts'
import { repeat } from './repeat.ts'

/** Milliseconds between looks at what other processes changed, and after a change of this one: many come together. */
const [LOOK_MS, SOON_MS] = [1_000, 50]
/** After which of its own events this process looks at once. */
const EVENTS = ['examplesChanged', 'trainingFinished', 'settingsChanged', 'datasetsDeleted'] as const

type Source = Pick<ServiceContext, 'db' | 'events'>
type OnChange = (dataset: number, revision: number) => void
/** `onError`: told when a look fails; the next one finds what it missed. */
type Watching = { lookMs?: number; onError?: (error: unknown) => void }

/** Tells of every dataset that changes from now on, whichever process changes it. @returns what ends that */
export function watchRevisions(
  { db, events }: Source,
  onChange: OnChange,
  { lookMs = LOOK_MS, onError = () => {} }: Watching = {},
): () => Promise<void> {
  let seen: number | undefined
  /** Of the last look: what it found may be found once more. */
  let told = new Map<number, number>()
  let soon: NodeJS.Timeout | undefined
  let isEnded = false

  async function look(): Promise<void> {
    // Read first: what changes meanwhile is found again the next time.
    const mark = await readRevisionMark(db)
    const changed = await listRevisionsAfter(db, seen ?? mark)
    const isNew = ({ dataset, revision }: Revision): boolean => told.get(dataset) !== revision
    const news = seen === undefined ? [] : changed.filter(isNew)
    told = new Map(changed.map(({ dataset, revision }) => [dataset, revision]))
    seen = mark
    for (const { dataset, revision } of news) if (!isEnded) onChange(dataset, revision)
  }

  const looking = repeat(look, { everyMs: lookMs, onError })
  void looking.now()
  const lookSoon = (): void => {
    soon ??= setTimeout(() => {
      soon = undefined
      void looking.now()
    }, SOON_MS).unref()
  }

  for (const event of EVENTS) events.on(event, lookSoon)
  return async () => {
    isEnded = true
    clearTimeout(soon)
    for (const event of EVENTS) events.off(event, lookSoon)
    await looking.stop()
  }
}
