import type { ServiceContext } from '../context.ts'
import { listRevisionsAfter, readLastRevision } from '../db/revisions.ts'

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
): () => void {
  let seen: number | undefined
  let soon: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let isEnded = false

  async function look(): Promise<void> {
    if (seen === undefined) {
      seen = await readLastRevision(db)
      return
    }
    for (const { dataset, revision } of await listRevisionsAfter(db, seen)) {
      seen = revision
      if (!isEnded) onChange(dataset, revision)
    }
  }

  const lookOnce = (): void => {
    looking ??= look()
      .catch(onError)
      .finally(() => (looking = undefined))
  }
  const lookSoon = (): void => {
    soon ??= setTimeout(() => {
      soon = undefined
      lookOnce()
    }, SOON_MS).unref()
  }

  lookOnce()
  const timer = setInterval(lookOnce, lookMs).unref()
  for (const event of EVENTS) events.on(event, lookSoon)
  return () => {
    isEnded = true
    clearInterval(timer)
    clearTimeout(soon)
    for (const event of EVENTS) events.off(event, lookSoon)
  }
}
