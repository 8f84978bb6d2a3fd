import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import type { Ask } from '../commands/ask.ts'
import type { Words } from '../locales/words.ts'

/** Lines of a pipe, which come all at once: one reader for all questions. */
let piped: AsyncIterator<string> | undefined

/** Asks on stderr, so that stdout has results alone, and reads what is typed or piped in. */
export const openAsk =
  ({ terminal }: Words): Ask =>
  async ({ key, about = '', isSecret }) => {
    const question = `${terminal.questions[key](about)} `
    if (!process.stdin.isTTY) {
      process.stderr.write(`${question}\n`)
      piped ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]()
      const { value, done } = await piped.next()
      return done ? undefined : String(value).trim()
    }
    return isSecret ? readSecret(question) : readLine(question)
  }

async function readLine(question: string): Promise<string | undefined> {
  const input = createInterface({ input: process.stdin, output: process.stderr })
  input.on('SIGINT', interrupt)
  try {
    // Ctrl-D closes it without an answer.
    return await Promise.race([
      input.question(question).then((text) => text.trim()),
      once(input, 'close').then(() => undefined),
    ])
  } finally {
    input.close()
  }
}

/** In raw mode a terminal sends these keys as characters, and shows nothing by itself. */
const KEYS = { enter: /[\r\n]/, interrupt: '\u0003', end: '\u0004', erase: /[\b\u007f]/ }

/** Reads a line without showing it. */
function readSecret(question: string): Promise<string | undefined> {
  const { stdin, stderr } = process
  // Before it is asked: what is typed at once would be shown by the terminal itself.
  stdin.setRawMode(true)
  stderr.write(question)
  stdin.setEncoding('utf8').resume()
  let typed = ''
  return new Promise((resolve) => {
    const done = (answer: string | undefined): void => {
      stdin.off('data', read).setRawMode(false).pause()
      stderr.write('\n')
      resolve(answer)
    }
    // A pasted text comes in one piece.
    const read = (text: string): void => {
      for (const character of text) {
        if (KEYS.enter.test(character)) done(typed.trim())
        else if (character === KEYS.end) done(undefined)
        else if (character === KEYS.interrupt) interrupt()
        else {
          typed = KEYS.erase.test(character) ? typed.slice(0, -1) : typed + character
          continue
        }
        return
      }
    }
    stdin.on('data', read)
  })
}

const interrupt = (): void => void process.kill(process.pid, 'SIGINT')
