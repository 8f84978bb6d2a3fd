import type { Results } from '../../../commands/results.ts'
import { ApiError, type OptionValues, type PageResult, run } from '../lib/api.ts'
import { signal } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { confirm } from '../ui/dialog.ts'
import { toast, toastError } from '../ui/toast.ts'

type Told = Results['reviewQueue']
export type Suspect = Told['suspects'][number]
export type Decision = 'keep' | 'move' | 'exclude' | 'skip'
/** `done`: so many were decided about since the page was opened. `typical`: numbers of examples, by label. */
type Queue = {
  suspects: readonly Suspect[]
  left: number
  skipped: number
  agreement: number
  typical: ReadonlyMap<string, readonly number[]>
  done: number
}
/** What was done last, to be said. */
export type Done = { decision: Decision | 'undo'; pictures: number; label?: string | undefined; waits?: boolean }

/**
 * The suspects that this reviewer has before them. A decision takes them away at once; the server hears of one after the other, and
 * tells what comes after those that are there.
 */
export function openQueue(isGrouped: boolean) {
  const queue = signal<Queue | undefined>(undefined)
  const error = signal<unknown>(undefined)
  const last = signal<Done | undefined>(undefined)
  const isUndoing = signal(false)
  /** Those that the server does not know of yet. */
  const pending = new Set<number>()
  /** What can be taken back, the last one last. A skip is no decision: it is taken back in another way. */
  const history: { decision: Decision; shown: string; pictures: number }[] = []
  let requests: Promise<unknown> = Promise.resolve()
  /** Requests that are on their way. */
  const waiting = signal(0)

  const ask = (command: string, options: OptionValues): Promise<PageResult[]> => {
    waiting.value++
    const answer = requests.then(() => run(command, { ...options, ...(isGrouped && { grouped: true }) }))
    requests = answer.catch(() => {}).finally(answered)
    return answer
  }

  /** Something changed while requests were on their way: their answers may be older than that. */
  let isBehind = false
  function answered(): void {
    if (--waiting.value > 0 || !isBehind) return
    isBehind = false
    void load()
  }

  /** `isNew`: in the order of the server. A picture that was shown and is gone was decided about by somebody else. */
  function take([result]: PageResult[], { isNew = false } = {}): Told | undefined {
    if (result?.key !== 'reviewQueue') return undefined
    const told = result.values as Told
    const before = queue.value?.suspects ?? []
    const [shown] = before
    const coming = told.suspects.filter(({ example }) => !pending.has(example))
    const places = new Map(before.map(({ example }, i) => [example, i]))
    const place = ({ example }: Suspect): number => places.get(example) ?? before.length
    queue.value = {
      suspects: isNew ? coming : coming.toSorted((a, b) => place(a) - place(b)),
      left: Math.max(coming.length, told.left - pending.size),
      skipped: told.skipped,
      agreement: told.agreement,
      typical: new Map(told.typical.map(({ label, examples }) => [label, examples])),
      done: queue.value?.done ?? 0,
    }
    error.value = undefined
    const isGone = shown !== undefined && !coming.some(({ example }) => example === shown.example)
    if (isGone && !isNew) toast(words().review.vanished)
    return told
  }

  async function load(): Promise<void> {
    try {
      take(await ask('review', {}), { isNew: queue.value === undefined })
    } catch (failure) {
      if (queue.value === undefined) error.value = failure
    }
  }

  /** What others decide about meanwhile goes away. */
  async function refresh(): Promise<void> {
    if (waiting.value > 0) isBehind = true
    else await load()
  }

  async function decide(decision: Decision, some: readonly Suspect[], label?: string): Promise<void> {
    const now = queue.value
    if (!now || some.length === 0) return
    const ids = new Set(some.map(({ example }) => example))
    const shown = some.map(({ example, labelId }) => `${example}:${labelId}`).join(',')
    for (const id of ids) pending.add(id)
    queue.value = {
      ...now,
      suspects: now.suspects.filter(({ example }) => !ids.has(example)),
      left: now.left - ids.size,
      done: now.done + ids.size,
    }
    last.value = { decision, pictures: ids.size, label }
    history.push({ decision, shown, pictures: ids.size })
    try {
      const options = { decision, shown, ...(label !== undefined && { label }) }
      const results = await createdFirst(await ask('decide', options), options)
      for (const id of ids) pending.delete(id)
      if (results) settle(take(results))
      else await giveBack(ids.size)
    } catch (failure) {
      for (const id of ids) pending.delete(id)
      toastError(failure)
      await giveBack(ids.size)
    }
  }

  async function createdFirst(results: PageResult[], options: OptionValues): Promise<PageResult[] | undefined> {
    const [asked] = results
    if (asked?.key !== 'newLabelAsk') return results
    const { review: w } = words()
    const { label } = asked.values as Results['newLabelAsk']
    const isWanted = await confirm({ title: w.createLabel(label), action: w.create })
    return isWanted ? ask('decide', { ...options, create: true }) : undefined
  }

  /** Nothing came of the last decision. */
  async function giveBack(pictures: number): Promise<void> {
    history.pop()
    last.value = undefined
    if (queue.value) queue.value = { ...queue.value, done: queue.value.done - pictures }
    await load()
  }

  function settle(told: Told | undefined): void {
    const { review: w } = words()
    const { after } = told ?? {}
    if (!after) return
    const { refused = 0, changed = [], waits } = after
    if (waits && last.value) last.value = { ...last.value, waits }
    if (refused > 0) toast(w.refused(refused), { tone: 'bad' })
    if (changed.length > 0) toast(w.changed(changed.length), { tone: 'bad' })
  }

  async function undo(): Promise<void> {
    if (isUndoing.value) return
    isUndoing.value = true
    const taken = history.pop()
    const isSkip = taken?.decision === 'skip'
    try {
      const options = isSkip ? { decision: 'unskip', shown: taken.shown } : { decision: 'undo' }
      const told = take(await ask('decide', options), { isNew: true })
      const pictures = taken?.pictures ?? told?.after?.pictures ?? 1
      if (queue.value) queue.value = { ...queue.value, done: Math.max(0, queue.value.done - pictures) }
      last.value = { decision: 'undo', pictures }
    } catch (failure) {
      toastError(failure)
      // Somebody changed it since: the decision before that one is next.
      if (failure instanceof ApiError && failure.status > 0) await load()
    } finally {
      isUndoing.value = false
    }
  }

  return { queue, error, last, isUndoing, waiting, load, refresh, decide, undo }
}

export type ReviewQueue = ReturnType<typeof openQueue>
