import type { Results } from '../../../commands/results.ts'
import { ApiError, isAborted, run } from '../lib/api.ts'
import { convertPicture, mayBeConverted } from '../lib/convert-picture.ts'
import { words } from '../lib/words.ts'
import { isPassing } from './patience.ts'

/** What became of a file. `example`: its id, where it was added. `message`: why it was refused, in the visitor's language. */
export type Outcome =
  | { kind: 'added'; example?: number }
  | { kind: 'known' }
  | { kind: 'refused'; code: string; message: string }

type Sending = { label: string; name: string; file: Blob; signal: AbortSignal }
/** `file`: undefined where it could not be opened. */
type Given = Omit<Sending, 'file'> & { file: Blob | undefined }

/** The server reads pictures to their end; of damaged ones a browser shows a part, which is none to learn from. */
export const isOfAnotherFormat = (code: string): boolean => mayBeConverted(code) && code !== 'picture.damaged'

/** Mistakes that every file to come would meet, too. */
const isFatal = ({ code, status }: ApiError): boolean =>
  status === 401 || status === 403 || status === 404 || /^(limit|label|dataset|disk|database|backbone)\./.test(code)

/** Bytes that the server takes of one picture. */
export const MAX_BYTES = 32 * 2 ** 20

/** Adds one picture to a label; one that only this browser can read is sent as it shows it. Throws ApiError, which concerns all */
export async function sendFile({ file, ...where }: Given): Promise<Outcome> {
  const { add } = words()
  if (!file || !(await isReadable(file))) return { kind: 'refused', code: 'file.unreadable', message: add.unreadable }
  const isTooLarge = file.size > MAX_BYTES
  const first: Outcome = isTooLarge
    ? { kind: 'refused', code: 'file.too-large', message: add.tooLarge(MAX_BYTES / 2 ** 20) }
    : await sendBytes({ ...where, file })
  if (first.kind !== 'refused' || !isOfAnotherFormat(first.code)) return first
  const converted = await convertPicture(file)
  return converted ? sendBytes({ ...where, file: converted }) : first
}

/** Whether it is still there: a browser says of a file that is gone only that nothing could be sent. */
export const isReadable = (file: Blob): Promise<boolean> =>
  file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    )

async function sendBytes({ label, name, file, signal }: Sending): Promise<Outcome> {
  try {
    const [result] = await run('label', { label }, { body: file, name, signal, plain: true })
    if (result?.key !== 'added') throw new Error(`Expected the result of an addition, received ${result?.key}`)
    const { added, rejected } = result.values as Results['added']
    const [why] = rejected
    if (why && /^limit\./.test(why.code)) throw new ApiError(403, { ...why, message: result.refused[0]?.reason ?? '' })
    if (why) return { kind: 'refused', code: why.code, message: result.refused[0]?.reason ?? why.message }
    if (added === 0) return { kind: 'known' }
    const example = Number(result.choices.find(({ key }) => key === 'undo')?.options.examples)
    return { kind: 'added', ...(Number.isInteger(example) && { example }) }
  } catch (error) {
    if (isAborted(error) || !(error instanceof ApiError) || isPassing(error) || isFatal(error)) throw error
    return { kind: 'refused', code: error.code, message: error.message }
  }
}
