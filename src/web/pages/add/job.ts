import { type ApiError, isAborted } from '../lib/api.ts'
import { type FoundFile, readHandles } from '../lib/dropped-files.ts'
import { signal } from '../lib/html.ts'
import { loadMe } from '../lib/me.ts'
import { place } from '../lib/place.ts'
import { words } from '../lib/words.ts'
import { toast } from '../ui/toast.ts'
import { makeGate } from './gate.ts'
import { joinPlans, labelKey, makePlan, type Plan } from './plan.ts'
import { openRate, type Pace } from './rate.ts'
import { forgetJob, loadJob, loadSent, type SavedJob, saveJob, saveSent } from './store.ts'
import { doneOf, EMPTY, openTally, type Tally } from './tally.ts'
import type { Waiting } from './unknown-files.ts'
import { upload } from './upload.ts'

/** What the page shows. It goes on while somebody looks at other pages. */
export type Job =
  | { state: 'empty'; saved?: SavedJob | undefined }
  | { state: 'reading'; found: number }
  | { state: 'planned'; plan: Plan; saved?: SavedJob | undefined }
  | Running
  | { state: 'done'; tally: Tally; total: number; skipped: number; error?: unknown }

export type Running = {
  state: 'running'
  isPaused: boolean
  /** Why nothing can be sent for now. */
  waitsFor?: ApiError | undefined
  tally: Tally
  total: number
  skipped: number
  pace: Pace | undefined
}

/** Milliseconds between two looks of somebody who watches. */
const SHOWN_EVERY_MS = 200

export const job = signal<Job>({ state: 'empty' })
const gate = makeGate()
let stopping = new AbortController()
let handles: FileSystemHandle[] = []
let of = ''

const key = (): string => `${place.value.server}/${place.value.dataset}`

/** Another dataset has another job; what runs is stopped, and goes on when somebody comes back. */
export async function openJob(): Promise<void> {
  if (of === key()) return
  stopping.abort()
  ;[of, handles] = [key(), []]
  job.value = { state: 'empty' }
  const here = of
  const saved = await loadSaved(here)
  if (of === here && job.value.state === 'empty') job.value = { state: 'empty', saved }
}

/** What was not finished, with how much of it is there. */
async function loadSaved(here: string): Promise<SavedJob | undefined> {
  const [saved, sent] = await Promise.all([loadJob(here), loadSent(here)])
  const done = [...sent.values()].filter(({ kind }) => kind === 'added').length
  return saved && { ...saved, done: Math.max(done, saved.done) }
}

/** Lists what was dropped or chosen, besides what was before. */
export async function addToPlan(files: AsyncIterable<FoundFile>, given: FileSystemHandle[] = []): Promise<void> {
  const before = job.value
  if (before.state === 'running' || before.state === 'reading') return
  const saved = 'saved' in before ? before.saved : await loadSaved(of)
  let told = 0
  job.value = { state: 'reading', found: 0 }
  const found = await makePlan(files, (found) => {
    if (performance.now() - told < SHOWN_EVERY_MS) return
    told = performance.now()
    job.value = { state: 'reading', found }
  })
  const plan = labelled(found, place.value.query.label)
  handles = before.state === 'planned' ? [...handles, ...given] : given
  const joined = before.state === 'planned' ? joinPlans(before.plan, plan) : plan
  job.value = { state: 'planned', plan: saved ? renamed(joined, saved.labels) : joined, saved }
}

/** Pictures without a folder are of the label that a link from another page names in the address. */
const labelled = (plan: Plan, label = ''): Plan => ({
  ...plan,
  rows: plan.rows.map((row) => (row.label === '' ? { ...row, label } : row)),
})

/** With the names that somebody gave to the labels before a reload. */
const renamed = (plan: Plan, labels: Record<string, string>): Plan => ({
  ...plan,
  rows: plan.rows.map((row) => ({ ...row, label: labels[labelKey(row.label)] ?? row.label })),
})

/** Goes on with the folders that the browser kept. Must be called by a press: the browser asks. */
export async function resume({ handles: kept }: SavedJob): Promise<void> {
  for (const handle of kept) {
    const { requestPermission } = handle as { requestPermission?: (how: { mode: 'read' }) => Promise<string> }
    if (requestPermission && (await requestPermission.call(handle, { mode: 'read' })) !== 'granted') {
      toast(words().add.savedAgain)
      return
    }
  }
  await addToPlan(readHandles(kept), kept)
  const now = job.value
  if (now.state === 'planned') await start(now.plan)
}

/** By the key of the folder's name. */
const labelsByFolder = ({ rows }: Plan): Record<string, string> =>
  Object.fromEntries(rows.map(({ label, files }) => [labelKey(files[0]?.path.at(-2) ?? ''), label]))

export const discardPlan = (): void => {
  ;[job.value, handles] = [{ state: 'empty' }, []]
}

export async function forgetSaved(): Promise<void> {
  await forgetJob(of)
  discardPlan()
}

/** Adds everything in the plan that was not added before. */
export async function start(plan: Plan): Promise<void> {
  const labels = labelsByFolder(plan)
  const [here, kept] = [of, handles]
  const tally = openTally()
  const before = await loadSent(here)
  const all = plan.rows.flatMap(({ label, files }) =>
    files.map((file): Waiting => ({ file, label: label.trim(), path: file.path.join('/') })),
  )
  const waiting = all.filter(({ path }) => {
    const sent = before.get(path)
    if (sent?.kind === 'added') tally.note(path, sent)
    return sent?.kind !== 'added'
  })
  if (!all.some(({ path }) => before.has(path))) await forgetJob(here)
  stopping = new AbortController()
  gate.open()
  const total = all.length
  const remember = (): Promise<void> => saveJob(here, { handles: kept, labels, total, done: doneOf(tally.read()) })
  await remember()
  const rate = openRate(waiting.length)
  job.value = { state: 'running', isPaused: false, tally: EMPTY, total, skipped: plan.skipped, pace: undefined }
  const show = (change: Partial<Running> = {}): void => {
    if (of === here && job.value.state === 'running')
      job.value = { ...job.value, tally: tally.read(), pace: rate.read(), ...change }
  }
  show()
  const timer = setInterval(() => show(), SHOWN_EVERY_MS)
  let error: unknown
  try {
    await upload(waiting, {
      signal: stopping.signal,
      gate,
      onSending: ({ path }) => void saveSent(here, path, { kind: 'sending' }),
      onOutcome({ path }, outcome) {
        // What was on its way before a reload has arrived.
        const hasArrived = outcome.kind === 'known' && before.get(path)?.kind === 'sending'
        tally.note(path, hasArrived ? { kind: 'added' } : outcome)
        rate.note()
        if (outcome.kind === 'added') void saveSent(here, path, outcome)
      },
      onWait: (waitsFor) => show({ waitsFor }),
    })
    await forgetJob(here)
  } catch (thrown) {
    await remember()
    if (isAborted(thrown) && of !== here) return
    error = thrown
  } finally {
    clearInterval(timer)
  }
  if (of === here)
    job.value = {
      state: 'done',
      tally: tally.read(),
      total,
      skipped: plan.skipped,
      ...(error !== undefined && { error }),
    }
  await loadMe().catch(() => {})
}

export function pause(isPaused: boolean): void {
  if (isPaused) gate.close()
  else gate.open()
  if (job.value.state === 'running') job.value = { ...job.value, isPaused, pace: undefined }
}

export function stop(): void {
  stopping.abort()
  gate.open()
}

/** After a look at what became of it. */
export async function finish(): Promise<void> {
  const saved = await loadSaved(of)
  job.value = { state: 'empty', saved }
}
