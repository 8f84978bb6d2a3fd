import { UserError } from './errors.ts'

const MAX_CHARACTERS = 100

/** A label as people write it, and what it is compared by. */
export type Label = { name: string; key: string }

/**
 * A label: NFC, trimmed; `key` compares it without case.
 * Throws UserError label.empty, label.too-long, label.control-character
 */
export function parseLabel(text: string): Label {
  const name = parseName('label', text)
  return { name, key: name.toUpperCase().normalize('NFC') }
}

/**
 * A name that people give to something: NFC, trimmed, 1 to 100 printable characters.
 * Throws UserError `${what}.empty`, `${what}.too-long`, `${what}.control-character`
 */
export function parseName(what: 'label' | 'dataset', text: string): string {
  const name = text.normalize('NFC').trim()
  const length = [...name].length
  if (length === 0)
    throw new UserError(
      `${what}.empty`,
      `Expected a ${what} of 1 to ${MAX_CHARACTERS} characters, received an empty one`,
    )
  if (length > MAX_CHARACTERS)
    throw new UserError(
      `${what}.too-long`,
      `Expected a ${what} of at most ${MAX_CHARACTERS} characters, received ${length}`,
    )
  if (/\p{Cc}/u.test(name) || !name.isWellFormed())
    throw new UserError(`${what}.control-character`, `Expected a ${what} of printable characters on one line`)
  return name
}
