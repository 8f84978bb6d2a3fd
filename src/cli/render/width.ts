import { stripVTControlCharacters } from 'node:util'

/** Characters that a terminal shows two columns wide: East Asian ones and emoji. */
const WIDE =
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f/u

/** Latin letters and common punctuation: each a character of its own, one column wide. */
const NARROW = /^[ -~\u00a0-\u02ff\u2010-\u2027]*$/

// Made when it is first asked for: that takes over ten milliseconds, which a plain answer does without.
let segmenter: Intl.Segmenter | undefined

/** Columns that a text takes in a terminal, without its colours. */
export function displayWidth(text: string): number {
  const shown = stripVTControlCharacters(text)
  if (NARROW.test(shown)) return shown.length
  segmenter ??= new Intl.Segmenter()
  let width = 0
  for (const { segment } of segmenter.segment(shown)) width += WIDE.test(segment) ? 2 : 1
  return width
}

/** A text in so many columns: filled up, or cut between characters as people see them. */
export function fitColumns(text: string, columns: number): string {
  segmenter ??= new Intl.Segmenter()
  let fitted = ''
  for (const { segment } of segmenter.segment(text)) {
    if (displayWidth(fitted + segment) > columns) break
    fitted += segment
  }
  return fitted + ' '.repeat(columns - displayWidth(fitted))
}

/** Columns by which the rest of a wrapped line is indented. */
const HANG = 2

/**
 * Breaks lines that are wider than the terminal, between words; the rest of a line is indented below it. A word that is wider, such as a
 * path, stays whole, so that it can be copied.
 * @param columns undefined: as wide as need be, for a pipe or a file
 */
export function wrap(text: string, columns: number | undefined): string {
  if (columns === undefined) return text
  return text
    .split('\n')
    .map((line) => (displayWidth(line) <= columns ? line : wrapLine(line, columns)))
    .join('\n')
}

function wrapLine(line: string, columns: number): string {
  const indent = /^ */.exec(line)?.[0] ?? ''
  const wrapped: string[] = []
  let current = ''
  // Words with the spaces before them, so that columns of a table stay apart.
  for (const word of line.match(/ *[^ ]+/g) ?? []) {
    if (current !== '' && displayWidth(current + word) > columns) {
      wrapped.push(current)
      current = indent + ' '.repeat(HANG) + word.trimStart()
    } else current += word
  }
  return [...wrapped, current].join('\n')
}
