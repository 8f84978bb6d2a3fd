const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Discord counts UTF-16 units where it says how long something may be. */
const utf16Units = (text: string): number => text.length
export const codePoints = (text: string): number => [...text].length

/** A text of at most `max` units: cut between characters as people see them, with an ellipsis. @param size counts units */
export function cutText(text: string, max: number, size = utf16Units): string {
  if (size(text) <= max) return text
  let cut = ''
  let used = 1
  for (const { segment } of graphemes.segment(text)) {
    used += size(segment)
    if (used > max) break
    cut += segment
  }
  return `${cut}…`
}
