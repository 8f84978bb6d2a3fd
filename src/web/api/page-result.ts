import type { Choice, Result } from '../../commands/define.ts'
import { type Tone, toneOf } from '../../commands/tone.ts'
import { type Answer, toAnswer, withLine } from '../../locales/answer.ts'
import type { Words } from '../../locales/words.ts'

/** Of a ZIP with a hundred thousand files; `values` have all of them. */
const MAX_REFUSED = 1_000

/** What the page gets of a result: its values, what they say in the visitor's language, and what can be done next. */
export type PageResult = {
  key: Result['key']
  values: Result['values']
  tone: Tone
  answer: Answer
  choices: PageChoice[]
  page?: { number: number; of: number }
  again?: { command: string; options: Choice['options'] }
  /** Addresses of pictures that hold their bytes. */
  strip: string[]
  gallery: { src: string; caption: string; note: string }[]
  files: { name: string; href: string }[]
  /** Pictures that are not shown here. */
  hidden: number
  /** Files that could not be used, and why, in the visitor's language. */
  refused: { file: string; reason: string }[]
}

type PageChoice = Omit<Choice, 'fill'> & {
  label: string
  fill?: { option: string; from?: { value: string; label: string }[]; pick?: 'role' | 'channel' }
}

/** `plain`: without pictures, for whoever has them. */
export function toPageResult(result: Result, words: Words, { plain = false } = {}): PageResult {
  const { key, values, choices = [], page, again, files = [], hidden = 0, unreadable = 0 } = result
  const { thumbnailStrip = [], gallery = [] } = plain ? {} : result
  // A result's key and its values belong together; the type of an indexed union cannot say so.
  const write = words.results[key] as (values: Result['values']) => Answer | string
  const said = write(values)
  return {
    key,
    values,
    tone: toneOf(result),
    answer: unreadable > 0 ? withLine(said, words.unreadable(unreadable)) : toAnswer(said),
    choices: choices.map((choice) => toPageChoice(choice, words)),
    ...(page && { page }),
    ...(again && { again }),
    strip: thumbnailStrip.map((bytes) => dataUrl('image/jpeg', bytes)),
    gallery: gallery.map(({ copy, caption, note }) => ({ src: dataUrl('image/jpeg', copy), caption, note })),
    files: files.map(({ name, bytes }) => ({ name, href: dataUrl('application/octet-stream', bytes) })),
    hidden,
    refused: listRefused(values, words),
  }
}

type Problem = { file: string; code: string; message: string }

function listRefused(values: Result['values'], { errors }: Words): PageResult['refused'] {
  return problemsOf(values).map(({ file, code, message }) => {
    const text = errors[code]
    return { file, reason: typeof text === 'function' ? text({}) : (text ?? message) }
  })
}

/** Of a picture that was asked about, or of several that were to be added. */
function problemsOf(values: Result['values']): Problem[] {
  if ('error' in values && 'file' in values) return [{ file: values.file, ...values.error }]
  return 'rejected' in values && Array.isArray(values.rejected) ? values.rejected.slice(0, MAX_REFUSED) : []
}

function toPageChoice({ fill, ...choice }: Choice, words: Words): PageChoice {
  const label = [words.choices[choice.key], choice.about].filter(Boolean).join(' ')
  if (!fill) return { ...choice, label }
  const { option, from, isOurs, pick } = fill
  const said = isOurs ? words.values[option] : undefined
  const values = from?.map((value) => ({ value, label: said?.[value] ?? value }))
  return { ...choice, label, fill: { option, ...(values && { from: values }), ...(pick && { pick }) } }
}

const dataUrl = (type: string, bytes: Uint8Array): string =>
  `data:${type};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`
