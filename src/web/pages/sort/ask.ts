import type { Results } from '../../../commands/results.ts'
import { isPassing, patiently } from '../add/patience.ts'
import { isOfSystem } from '../add/plan.ts'
import { isOfAnotherFormat, isReadable } from '../add/send-file.ts'
import { ApiError, run } from '../lib/api.ts'
import { convertPicture } from '../lib/convert-picture.ts'
import type { FoundFile } from '../lib/dropped-files.ts'
import { signal } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { sayError } from '../ui/say-error.ts'
import { addToPile, changePiled, type Piled, type Prediction, pile } from './pile.ts'
import { drawThumbnail } from './thumbnail.ts'

/** Pictures that are asked about at once. */
const IN_FLIGHT = 3
/** Milliseconds between two changes of the page while many are answered. */
const SHOWN_EVERY_MS = 150

/** Why nothing can be asked for now, or at all. */
export const hindrance = signal<ApiError | undefined>(undefined)
/** Files that no person put there. */
export const leftOut = signal(0)

const waiting: Piled[] = []
let inFlight = 0
const changes = new Map<number, Partial<Piled>>()
let isShownSoon = false

/** Adds pictures to the pile, and asks about each: nothing is stored by that. */
export async function askAbout(files: AsyncIterable<FoundFile>): Promise<void> {
  const found: FoundFile[] = []
  for await (const file of files)
    if (isOfSystem(file)) leftOut.value++
    else found.push(file)
  waiting.push(...addToPile(found))
  askNext()
}

/** Goes on after what hindered it. */
export function askAgain(): void {
  hindrance.value = undefined
  askNext()
}

function askNext(): void {
  while (inFlight < IN_FLIGHT) {
    const next = waiting.shift()
    if (!next) return
    // It was taken out of the pile meanwhile.
    if (!pile.value.some(({ id }) => id === next.id)) continue
    inFlight++
    void look(next)
      .then((change) => note(next.id, change))
      .catch((error: unknown) => {
        waiting.unshift(next)
        hindrance.value = error instanceof ApiError ? error : new ApiError(0, { code: 'internal', message: '' })
      })
      .finally(() => {
        inFlight--
        if (!hindrance.value || isPassing(hindrance.value)) askNext()
      })
  }
}

function note(id: number, change: Partial<Piled>): void {
  changes.set(id, change)
  if (isShownSoon) return
  isShownSoon = true
  setTimeout(() => {
    isShownSoon = false
    changePiled(changes)
    changes.clear()
  }, SHOWN_EVERY_MS)
}

/** Throws ApiError, which concerns all that wait */
async function look({ file, path }: Piled): Promise<Partial<Piled>> {
  const bytes = await file.open().catch(() => undefined)
  const thumbnail = bytes && (await drawThumbnail(bytes))
  if (!bytes || !(await isReadable(bytes))) return { state: 'broken', reason: words().add.unreadable }
  const first = await predict(bytes, path)
  const converted = 'code' in first && isOfAnotherFormat(first.code) ? await convertPicture(bytes) : undefined
  const answered = converted ? await predict(converted, path) : first
  return 'code' in answered
    ? { state: 'broken', reason: answered.reason, thumbnail }
    : { state: 'asked', prediction: answered, thumbnail }
}

async function predict(body: Blob, name: string): Promise<Prediction | { code: string; reason: string }> {
  const signal = new AbortController().signal
  const onWait = (error: ApiError | undefined): void => {
    hindrance.value = error
  }
  try {
    const [result] = await patiently(() => run('predict', {}, { body, name, plain: true }), { signal, onWait })
    if (result?.key !== 'predicted') throw new Error(`Expected an answer, received ${result?.key}`)
    const values = result.values as Results['predicted']
    return 'error' in values ? { code: values.error.code, reason: result.refused[0]?.reason ?? '' } : values
  } catch (error) {
    if (!(error instanceof ApiError) || !/^(picture|file|web\.too-large)/.test(error.code)) throw error
    return { code: error.code, reason: sayError(error).title }
  }
}
