import type { Results } from '../../../commands/results.ts'
import { ApiError, type PageResult, run } from '../lib/api.ts'
import { convertPicture, mayBeConverted } from '../lib/convert-picture.ts'
import { signal } from '../lib/html.ts'
import { place } from '../lib/place.ts'

export type Prediction = Extract<Results['predicted'], { top: unknown }>

/** A picture that was asked about. It lies in this browser alone, until it is taught. */
export type Asked = {
  id: number
  name: string
  file: Blob
  src: string
  /** Undefined while it is looked at. */
  outcome?: { prediction: Prediction; choices: PageResult['choices'] } | { refused: string } | { error: unknown }
  isConverted?: boolean
  /** What somebody said of the answer. */
  said?: { right: true } | { right: false; truth: string }
  taught?: { label: string; wasThere: boolean } | undefined
}

/** Requests under way at once. */
const IN_FLIGHT = 3

/** The newest first. They stay while somebody looks at other pages. */
export const asked = signal<readonly Asked[]>([])
const waiting: Asked[] = []
let [inFlight, last, of] = [0, 0, '']

/** Answers of another dataset are none of this one's. */
export function forgetElsewhere(): void {
  const here = `${place.value.server} ${place.value.dataset}`
  if (of !== here) clearAsked()
  of = here
}

export function clearAsked(): void {
  for (const { src } of asked.value) URL.revokeObjectURL(src)
  waiting.length = 0
  asked.value = []
}

export function removeAsked(id: number): void {
  const found = asked.value.find((each) => each.id === id)
  if (found) URL.revokeObjectURL(found.src)
  asked.value = asked.value.filter((each) => each.id !== id)
}

export const changeAsked = (id: number, change: Partial<Asked>): void => {
  asked.value = asked.value.map((each) => (each.id === id ? { ...each, ...change } : each))
}

/** Asks about pictures; each is answered as soon as it can be. */
export function ask(files: readonly { name: string; file: Blob }[]): void {
  const added = files.map(({ name, file }) => ({ id: ++last, name, file, src: URL.createObjectURL(file) }))
  asked.value = [...added, ...asked.value]
  waiting.push(...added)
  askNext()
}

export function askAgain(one: Asked): void {
  const { outcome: _, ...again } = one
  asked.value = asked.value.map((each) => (each.id === one.id ? again : each))
  waiting.push(again)
  askNext()
}

function askNext(): void {
  while (inFlight < IN_FLIGHT) {
    const next = waiting.shift()
    if (!next) return
    inFlight++
    void predict(next).then((change) => {
      inFlight--
      changeAsked(next.id, change)
      askNext()
    })
  }
}

type Outcome = NonNullable<Asked['outcome']>

async function predict({ file, name }: Asked): Promise<Partial<Asked>> {
  const first = await predictFile(file, name)
  const code = 'code' in first ? first.code : undefined
  if (code === undefined || !mayBeConverted(code)) return { outcome: first.outcome }
  const converted = await convertPicture(file)
  if (!converted) return { outcome: first.outcome }
  const { outcome } = await predictFile(converted, name)
  return { outcome, file: converted, src: URL.createObjectURL(converted), isConverted: true }
}

/** `code`: why it was refused. */
async function predictFile(body: Blob, name: string): Promise<{ outcome: Outcome; code?: string }> {
  try {
    const [result] = await run('predict', {}, { body, name })
    if (!result) return { outcome: { error: undefined } }
    const values = result.values as Results['predicted']
    const [why] = result.refused
    if ('error' in values) return { outcome: { refused: why?.reason ?? '' }, code: values.error.code }
    return { outcome: { prediction: values, choices: result.choices } }
  } catch (error) {
    return error instanceof ApiError ? { outcome: { error }, code: error.code } : { outcome: { error } }
  }
}
