// What this browser remembers of an addition, so that it goes on after a reload: folders, labels, and which files are there.
import type { Outcome } from './send-file.ts'

/** Of a file that is there by now, or was on its way: then nobody knows whether it arrived. Of others nothing is kept. */
type Sent = Extract<Outcome, { kind: 'added' }> | { kind: 'sending' }

/** `labels`: what the files of each label of the plan are added to. `handles`: where the files are, if the browser keeps that. */
export type SavedJob = { handles: FileSystemHandle[]; labels: Record<string, string>; total: number; done: number }

const NAME = 'mekiki-add'
const JOBS = 'jobs'
const OUTCOMES = 'outcomes'
/** Sorts after every path. */
const LAST = '\u{10ffff}'

let opened: Promise<IDBDatabase | undefined> | undefined

/** Undefined where a browser forbids it: then nothing is remembered. */
const open = (): Promise<IDBDatabase | undefined> =>
  (opened ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open(NAME, 1)
      request.onupgradeneeded = () => {
        request.result.createObjectStore(JOBS)
        request.result.createObjectStore(OUTCOMES)
      }
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => resolve(undefined)
    } catch {
      resolve(undefined)
    }
  }))

async function use<T>(
  store: string,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T | undefined> {
  const db = await open()
  if (!db) return undefined
  return new Promise((resolve) => {
    try {
      const request = work(db.transaction(store, mode).objectStore(store))
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => resolve(undefined)
    } catch {
      // What cannot be kept, as a handle of some browsers, is not.
      resolve(undefined)
    }
  })
}

const ofJob = (job: string): IDBKeyRange => IDBKeyRange.bound([job, ''], [job, LAST])

export const loadJob = (job: string): Promise<SavedJob | undefined> =>
  use<SavedJob | undefined>(JOBS, 'readonly', (store) => store.get(job))

export async function saveJob(job: string, saved: SavedJob): Promise<void> {
  const kept = await use(JOBS, 'readwrite', (store) => store.put(saved, job))
  if (kept === undefined) await use(JOBS, 'readwrite', (store) => store.put({ ...saved, handles: [] }, job))
}

export const saveSent = (job: string, path: string, sent: Sent): Promise<unknown> =>
  use(OUTCOMES, 'readwrite', (store) => store.put(sent, [job, path]))

/** By path. */
export async function loadSent(job: string): Promise<Map<string, Sent>> {
  const [keys, values] = await Promise.all([
    use(OUTCOMES, 'readonly', (store) => store.getAllKeys(ofJob(job))),
    use<Sent[]>(OUTCOMES, 'readonly', (store) => store.getAll(ofJob(job))),
  ])
  const paths = (keys ?? []).map((key) => (Array.isArray(key) ? String(key[1]) : ''))
  return new Map((values ?? []).map((sent, i) => [paths[i] ?? '', sent]))
}

export async function forgetJob(job: string): Promise<void> {
  await use(OUTCOMES, 'readwrite', (store) => store.delete(ofJob(job)))
  await use(JOBS, 'readwrite', (store) => store.delete(job))
}
