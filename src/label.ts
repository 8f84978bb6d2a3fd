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
 * Characters that nobody sees: zero width, direction, fillers (Unicode's default ignorable ones, but those that vary or
 * join what stands before them), annotations, and the blank Braille pattern.
 */
const INVISIBLE =
  /[[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB\u2800]--[\u180B-\u180D\u180F\u200D\uFE00-\uFE0F\u{E0020}-\u{E007F}\u{E0100}-\u{E01EF}]]/gv
/** A selector that varies nothing: of emoji after anything else, of characters after Latin letters, spaces or nothing. */
const LONELY_SELECTOR =
  /(?<!\p{Extended_Pictographic})[\uFE0E\uFE0F](?!\u20E3)|(?<=(?:^|\u200D|[\s\p{sc=Latin}])[\uFE00-\uFE0D\u{E0100}-\u{E01EF}]*)[\uFE00-\uFE0D\u{E0100}-\u{E01EF}]/gu
/** A joiner that joins no emoji. */
const LONELY_JOINER =
  /(?<!\p{Extended_Pictographic}(?:\u{FE0F}|[\u{1F3FB}-\u{1F3FF}])?)\u200D|\u200D(?!\p{Extended_Pictographic})/gu
/** A tag of no flag, such as that of Scotland. */
const LONELY_TAG = /(?<!\u{1F3F4}[\u{E0020}-\u{E007E}]*)[\u{E0020}-\u{E007F}]/gu

/** Two labels that look alike are one. */
const withoutInvisible = (text: string): string =>
  [INVISIBLE, LONELY_SELECTOR, LONELY_JOINER, LONELY_TAG].reduce((rest, lonely) => rest.replace(lonely, ''), text)

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
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name) || !name.isWellFormed())
    throw new UserError(`${what}.control-character`, `Expected a ${what} of printable characters on one line`)
  return name
}
