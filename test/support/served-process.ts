// `mekiki serve` as its owner runs it: a process of its own, whose log is read along.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { MAIN } from './mekiki.ts'

export type ServedProcess = {
  process: ChildProcess
  logs: Record<string, unknown>[]
  /** Everything on stdout and stderr. */
  text(): string
  /** Whether it still runs. */
  isAlive(): boolean
  /** Asks it to stop. @returns its exit status; null: a signal ended it */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export const spawnServe = (args: string[], cwd: string, env: NodeJS.ProcessEnv): ServedProcess =>
  spawnNode([MAIN, 'serve', ...args], cwd, env)

/** Any program that logs in lines of JSON. */
export function spawnNode(args: string[], cwd: string, env: NodeJS.ProcessEnv): ServedProcess {
  const child = spawn(process.execPath, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const logs: Record<string, unknown>[] = []
  let all = ''
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    all += text
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    for (const line of lines) logs.push(JSON.parse(line))
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (all += text))
  const ended = once(child, 'exit')
  return {
    process: child,
    logs,
    text: () => all,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      const [code] = await ended
      return code as number | null
    },
  }
}
