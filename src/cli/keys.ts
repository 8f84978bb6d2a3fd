import { once } from 'node:events'
import { emitKeypressEvents } from 'node:readline'
import { createInterface } from 'node:readline/promises'
import type { Choice } from '../commands/define.ts'
import type { ChoiceKey } from '../commands/results.ts'
import type { Words } from '../locales/words.ts'
import { plain } from './render/format.ts'
import { wrap } from './render/width.ts'

/** The keys of what can be done next; other choices have none. */
const KEYS: Partial<Record<ChoiceKey, string>> = {
  keep: 'k',
  moveTo: 'm',
  moveToOther: 'o',
  exclude: 'x',
  skip: 's',
  undo: 'u',
  forgetAll: 'y',
  removeEverywhere: 'y',
  deleteLabel: 'y',
  removeThem: 'y',
  withdraw: 'y',
  cleanUp: 'y',
  moveAll: 'm',
  oneByOne: 'o',
  keepAll: 'k',
  excludeAll: 'x',
  skipAll: 's',
  createLabel: 'y',
  back: 'n',
}
const QUIT = 'q'
/** A space at which no line is broken. */
const GLUE = '\u00a0'

/** Lets a person choose with a single key. Returns the choice with its options filled in, or undefined if they quit. */
export async function chooseByKey(
  choices: Choice[],
  { choices: names, terminal }: Words,
): Promise<Pick<Choice, 'command' | 'options'> | undefined> {
  const offered = choices.flatMap((choice) => {
    const key = KEYS[choice.key]
    const name = terminal.keys[choice.key] ?? names[choice.key]
    return key ? [{ choice, key, label: [name, choice.about].filter(Boolean).join(' ') }] : []
  })
  const keys = [...offered.map((o) => `[${o.key}] ${plain(o.label)}`), `[${QUIT}] ${terminal.quit}`]
  // A key and what it does stay on one line.
  const glued = keys.map((key) => key.replaceAll(' ', GLUE)).join('  ')
  process.stdout.write(`${wrap(glued, process.stdout.columns).replaceAll(GLUE, ' ')}\n`)
  for (;;) {
    const key = await readKey()
    if (key === QUIT) return undefined
    const chosen = offered.find((o) => o.key === key)?.choice
    if (!chosen) continue
    if (!chosen.fill) return chosen
    const value = await ask(`${terminal.question[chosen.fill.option] ?? chosen.fill.option}: `)
    if (value !== '') return { ...chosen, options: { ...chosen.options, [chosen.fill.option]: value } }
  }
}

/** Reads a key by name; Ctrl-D and the end of input quit. */
function readKey(): Promise<string> {
  const { stdin } = process
  emitKeypressEvents(stdin)
  stdin.setRawMode(true)
  stdin.resume()
  return new Promise((resolve) => {
    const done = (name: string): void => {
      stdin.off('keypress', press).off('end', end)
      stdin.setRawMode(false)
      stdin.pause()
      resolve(name)
    }
    const press = (_: string, key: { name?: string; ctrl?: boolean }): void => {
      if (key.ctrl && key.name === 'c') interrupt()
      else done(key.ctrl && key.name === 'd' ? QUIT : (key.name ?? ''))
    }
    const end = (): void => done(QUIT)
    stdin.on('keypress', press).on('end', end)
  })
}

async function ask(question: string): Promise<string> {
  const input = createInterface({ input: process.stdin, output: process.stdout })
  input.on('SIGINT', interrupt)
  try {
    // Ctrl-D closes it without an answer.
    const answer = await Promise.race([input.question(question), once(input, 'close').then(() => '')])
    return answer.trim()
  } finally {
    input.close()
  }
}

/** In raw mode a terminal sends Ctrl-C as a key, not as a signal. */
const interrupt = (): void => void process.kill(process.pid, 'SIGINT')
