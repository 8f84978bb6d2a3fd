/** Control characters of file names and labels are shown, not obeyed. */
export const plain = (text: string): string =>
  text.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1))
