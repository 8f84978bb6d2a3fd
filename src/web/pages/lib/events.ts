import type { TrainingStatus } from '../../../context.ts'
import { signal, useEffect, useState } from './html.ts'
import { loadMe } from './me.ts'
import { place } from './place.ts'
import { openShared } from './shared-stream.ts'

type Where = { server: string; dataset: string }
type Training = TrainingStatus

/** How much of a training is done, from 0 to 1; undefined where it is not known. */
export const shareOf = (status: Training | undefined): number | undefined =>
  status?.state === 'running' && status.progress.total ? status.progress.done / status.progress.total : undefined
type RevisionEvent = Where & { revision: number }

/** The training of the dataset that is shown, whoever started it; undefined where there is none. */
export const training = signal<Training | undefined>(undefined)
/** Whether the server can be reached. */
export const isOnline = signal(true)

type Handler = (revision: number) => void
const handlers = new Set<Handler>()

const isHere = ({ server, dataset }: Where): boolean => server === place.value.server && dataset === place.value.dataset

/** Called whenever anybody changed something in the dataset that is shown. @returns what ends it */
export function onRevision(handler: Handler): () => void {
  handlers.add(handler)
  return () => void handlers.delete(handler)
}

/** A number that changes whenever the dataset does: what is read again by it is never old. */
export function useRevision(): number {
  const [revision, setRevision] = useState(0)
  useEffect(() => onRevision((next) => setRevision((before) => (next === before ? before + 1 : next))), [])
  return revision
}

/** Listens for as long as the page is open. */
export function listen(): void {
  let seen = place.value
  place.subscribe((now) => {
    if (now.server !== seen.server || now.dataset !== seen.dataset) training.value = undefined
    seen = now
  })
  openShared('/api/events', ['revision', 'training'], {
    onEvent(event, data) {
      const told = data as RevisionEvent & Training
      if (!isHere(told)) return
      if (event === 'revision') for (const handler of handlers) handler(told.revision)
      else training.value = told
    },
    // Asking who looks tells whether the session has ended.
    onRefused: () => void loadMe().catch(() => {}),
    onState(connected) {
      // What happened meanwhile is not told again; a training that still runs is.
      if (connected && !isOnline.value) {
        training.value = undefined
        for (const handler of handlers) handler(Date.now())
      }
      isOnline.value = connected
    },
  })
}
