import { UserError } from './errors.ts'

const MAX_CHARACTERS = 100

/** A label as people write it, and what it is compared by. */
export type Label = { name: string; key: string }

/**
 * A label: NFC, trimmed; `key` compares it without case, width and other compatible forms, and without joiners within words: "می‌خواهم" is spelt with one or
 * without, and a keyboard decides which.
 * Throws UserError label.empty, label.too-long, label.control-character
 */
export function parseLabel(text: string): Label {
  const name = parseName('label', text)
  return { name, key: compareBy(name) }
}

/** What a name that is parsed is compared by: also without width and other compatible forms, "Ａ" as "A" and "ｱ" as "ア". */
export const compareBy = (name: string): string => spellingOf(name.normalize('NFKC')).normalize('NFKC')

/**
 * What names were compared by until compatible forms counted as one. Labels that such forms kept apart are still told apart
 * by it.
 */
export const spellingOf = (name: string): string => name.replace(WORD_JOINER, '').toUpperCase().normalize('NFC')

/** What somebody who looks for a name may type: hiragana for katakana and the other way round, a space for `_`. */
export const findBy = (text: string): string =>
  compareBy(text.trim())
    .replace(/[\u3041-\u3096\u309D\u309E]/g, toKatakana)
    .replaceAll('_', ' ')

/** Katakana has the order of hiragana, so much later. */
const KATAKANA_AFTER = 0x60
const toKatakana = (hiragana: string): string => String.fromCharCode(hiragana.charCodeAt(0) + KATAKANA_AFTER)

/**
 * Characters that nobody sees: zero width, direction, fillers (Unicode's default ignorable ones, but those that vary or
 * join what stands before them), annotations, and the blank Braille pattern.
 */
const INVISIBLE =
  /[[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB\u2800]--[\u180B-\u180D\u180F\u200C\u200D\uFE00-\uFE0F\u{E0020}-\u{E007F}\u{E0100}-\u{E01EF}]]/gv
/** A selector that varies nothing: of emoji after anything else, of characters after Latin letters, spaces or nothing. */
const LONELY_SELECTOR =
  /(?<!\p{Extended_Pictographic})[\uFE0E\uFE0F](?!\u20E3)|(?<=(?:^|\u200D|[\s\p{sc=Latin}])[\uFE00-\uFE0D\u{E0100}-\u{E01EF}]*)[\uFE00-\uFE0D\u{E0100}-\u{E01EF}]/gu

/**
 * Scripts in which a zero width joiner or non-joiner (U+200D, U+200C) changes how a word is written: those whose letters
 * join, as in Persian, and those that form conjuncts, as in Hindi and Sinhala.
 */
const JOINING_SCRIPTS =
  'Arab Syrc Mong Nkoo Mand Rohg Adlm Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Mymr Khmr Tibt Newa'.split(' ')
const JOINING_LETTER = `[[\\p{L}\\p{M}]&&[${JOINING_SCRIPTS.map((script) => `\\p{scx=${script}}`).join('')}]]`
/** After it a joiner may end a word: "ക്‍" is how Malayalam was encoded before its final letters had characters. */
const VIRAMA = '[\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D4D\\u0DCA]'
/** Where a joiner or non-joiner belongs to a word. */
const IN_WORD = `(?<=${JOINING_LETTER})[\\u200C\\u200D](?=${JOINING_LETTER})|(?<=${VIRAMA})[\\u200C\\u200D]`
/** Where a joiner joins two emoji. */
const IN_EMOJI =
  '(?<=\\p{Extended_Pictographic}(?:\\u{FE0F}|[\\u{1F3FB}-\\u{1F3FF}])?)\\u200D(?=\\p{Extended_Pictographic})'
const WORD_JOINER = new RegExp(IN_WORD, 'gv')
const SECOND_JOINER = /(?<=[\u200C\u200D])[\u200C\u200D]/gu
/** A joiner that joins nothing. */
const LONELY_JOINER = new RegExp(`(?!${IN_WORD}|${IN_EMOJI})[\\u200C\\u200D]`, 'gv')
/** A tag of no flag, such as that of Scotland. */
const LONELY_TAG = /(?<!\u{1F3F4}[\u{E0020}-\u{E007E}]*)[\u{E0020}-\u{E007F}]/gu

/** Two labels that look alike are one. What stood beside something invisible may be lonely then, hence the repetition. */
function withoutInvisible(text: string): string {
  const removed = [INVISIBLE, SECOND_JOINER, LONELY_SELECTOR, LONELY_JOINER, LONELY_TAG]
  const rest = removed.reduce((left, pattern) => left.replace(pattern, ''), text.normalize('NFC')).trim()
  return rest === text ? rest : withoutInvisible(rest)
}

/**
 * A name that people give to something: NFC, trimmed, without invisible characters, 1 to 100 printable ones.
 * Throws UserError `${what}.empty`, `${what}.too-long`, `${what}.control-character`
 */
export function parseName(what: 'label' | 'dataset', text: string): string {
  const name = withoutInvisible(text)
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
