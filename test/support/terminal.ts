// The command line in a real terminal, through util-linux's `script`.
import { spawn, spawnSync } from 'node:child_process'
import { MAIN } from './mekiki.ts'

const canOpenTerminal = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0
/** For tests that need a terminal. */
export const skipWithoutTerminal = !canOpenTerminal && 'there is no `script` here'

/** `answers`: keys to press, each once what it waits for was printed after the answer before. `env`: undefined takes one out. */
type Terminal = {
  cwd: string
  home: string
  columns?: number
  env?: NodeJS.ProcessEnv
  answers: [RegExp, string][]
}

/** Milliseconds after which a command that still waits for a key is stopped: the test then fails by what it showed. */
const PATIENCE_MS = 120_000

/** Runs a command with somebody at the keys. @returns what it showed, and the exit status as a shell has it */
export async function atTerminal({ cwd, home, columns = 100, env: own, answers }: Terminal, ...args: string[]) {
  const quoted = args.map((arg) => `'${arg}'`)
  const command = [`stty cols ${columns};`, 'exec', process.execPath, MAIN, ...quoted].join(' ')
  const env = { ...process.env, MEKIKI_HOME: home, TERM: 'xterm', NO_COLOR: '1', ...own }
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] })
  let out = ''
  let answered = 0
  const left = [...answers]
  child.stdout.on('data', (part) => {
    out += part
    for (let next = left[0]; next?.[0].test(out.slice(answered)); next = left[0]) {
      answered = out.length
      left.shift()
      child.stdin.write(next[1])
    }
  })
  // A question that no answer waits for would be waited for forever.
  const stop = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
  clearTimeout(stop)
  return { out, status, unanswered: left.length }
}
