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

/** Characters that take no room: soft hyphen, zero width, direction, fillers of Hangul. */
const INVISIBLE = /[\u00AD\u115F\u1160\u200B\u200C\u200E\u200F\u2060-\u2064\u3164\uFEFF\uFFA0]/g
/** A joiner that joins no emoji, and a variation selector of nothing. */
const LONELY_JOINER =
  /(?<!\p{Extended_Pictographic}(?:\u{FE0F}|[\u{1F3FB}-\u{1F3FF}])?)\u200D|\u200D(?!\p{Extended_Pictographic})/gu
const LONELY_SELECTOR = /(?<=^|\s|\u200D)[\uFE00-\uFE0F]+/gu

/** Two labels that look alike are one. */
const withoutInvisible = (text: string): string =>
  text.replace(INVISIBLE, '').replace(LONELY_JOINER, '').replace(LONELY_SELECTOR, '')

/**
 * A name that people give to something: NFC, trimmed, without invisible characters, 1 to 100 printable ones.
 * Throws UserError `${what}.empty`, `${what}.too-long`, `${what}.control-character`
 */
export function parseName(what: 'label' | 'dataset', text: string): string {
  const name = withoutInvisible(text.normalize('NFC')).trim()
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
