import type { WebStartWords } from '../web-start-words.ts'

export const webStart: WebStartWords = {
  help: (program) => `Usage: ${program} web [options]

Opens the page on this machine: in a browser you try, teach, review and manage everything.

Options:
  --port <number>      where it listens (by default 8470, or another one that is free; it stays the same afterwards)
  --lan                lets phones and computers of your network in, too, and shows a QR code
  --language <code>    en or ja
  -h, --help           this help

Examples:
  ${program} web
  ${program} web --lan`,
  ready: 'The page is ready. Open it in a browser on this machine:',
  opensOnce: 'The link works once; the browser stays logged in for a week.',
  fresh: 'Press Enter for a new link, Ctrl-C to stop.',
  data: (folder) => `The data are in ${folder}`,
  botTrains: 'A bot runs on the same data: it trains after changes.',
  lan: 'Everybody in your network can reach the page now, and whoever has a link can do everything. What is sent is not encrypted: use it at home, never in a public network.',
  lanCode: 'Scan this with a phone in the same network, or open the link there:',
  noLan: 'No network was found: the page can be reached from this machine alone.',
  stopped: 'Stopped.',
}
