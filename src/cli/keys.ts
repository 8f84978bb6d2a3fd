import { emitKeypressEvents } from 'node:readline'
import { createInterface } from 'node:readline/promises'
import type { Choice } from '../commands/define.ts'

/** The key of each thing to do next; the rest have none. */
const KEYS: Partial<Record<Choice['key'], [key: string, says: string]>> = {
  keep: ['k', 'keep'],
  moveTo: ['m', 'move to'],
  moveToOther: ['o', 'move to another label'],
  exclude: ['x', 'exclude'],
  skip: ['s', 'skip'],
  undo: ['u', 'undo'],
}
const QUIT = 'q'

/** Lets a person choose with a single key. @returns the choice with its options filled in; undefined: enough */
export async function chooseByKey(choices: Choice[]): Promise<Pick<Choice, 'command' | 'options'> | undefined> {
  const offered = choices.flatMap((choice) => {
    const key = KEYS[choice.key]
    return key ? [{ choice, key: key[0], says: [key[1], choice.about].filter(Boolean).join(' ') }] : []
  })
  process.stdout.write(`${[...offered.map((o) => `[${o.key}] ${o.says}`), `[${QUIT}] quit`].join('  ')}\n`)
  for (;;) {
    const key = await readKey()
    if (key === QUIT) return undefined
    const chosen = offered.find((o) => o.key === key)?.choice
    if (!chosen) continue
    if (!chosen.fill) return chosen
    const value = await ask(`${chosen.fill.option}: `)
    if (value !== '') return { ...chosen, options: { ...chosen.options, [chosen.fill.option]: value } }
  }
}

/** A key by name; control-c and the end of input are `q`. */
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
    const press = (_: string, key: { name?: string; ctrl?: boolean }): void =>
      done(key.ctrl && (key.name === 'c' || key.name === 'd') ? QUIT : (key.name ?? ''))
    const end = (): void => done(QUIT)
    stdin.on('keypress', press).on('end', end)
  })
}

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return (await lines.question(question)).trim()
  } finally {
    lines.close()
  }
}
