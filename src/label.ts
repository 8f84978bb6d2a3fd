import { UserError } from './errors.ts'

const LONGEST = 100

/** A label as people write it: NFC, trimmed; `key` compares it without case. Throws UserError label.* */
export function parseLabel(text: string): { name: string; key: string } {
  const name = text.normalize('NFC').trim()
  const length = [...name].length
  if (length === 0) throw new UserError('label.empty', 'Expected a label of 1 to 100 characters, received an empty one')
  if (length > LONGEST)
    throw new UserError('label.too-long', `Expected a label of at most ${LONGEST} characters, received ${length}`)
  if (/\p{Cc}/u.test(name))
    throw new UserError('label.control-character', 'Expected a label of printable characters on one line')
  return { name, key: name.toUpperCase().normalize('NFC') }
}
