import type { ErrorWords } from '../error-words.ts'

/** Of the page alone; others are said of the commands. */
export const webErrors: ErrorWords = {
  'web.host': 'This address is not one of Mekiki’s. Use the link that the terminal printed.',
  'web.origin': 'Another page sent this, so it was refused.',
  'web.no-access': 'Only somebody in a browser can do that.',
  'web.not-logged-in': 'You’re not logged in here, or it was more than a week ago.',
  'web.token': 'This link no longer works. Press Enter in the terminal for a new one.',
  'web.too-large': ({ mebibytes }) => `That’s too large: at most ${mebibytes} MiB at a time.`,
  'web.too-slow': 'The file came too slowly, or stopped coming. Try again.',
  'web.aborted': 'Only a part of it came.',
  'web.too-many': 'Mekiki is open in too many places at once. Close some of them.',
  'web.nothing': 'There’s nothing here, or nothing that you may see.',
  'web.method': 'That can’t be asked for in this way.',
  'web.json': 'The request can’t be read: it should be a JSON object.',
  'web.port': ({ port }) => `Something else uses port ${port}, or it may not be used. Choose another with --port.`,
  'web.usage': 'That isn’t an option of `web`; see `web --help`.',
}
