// The bot as its owner runs it: a process of its own, against a stand-in for Discord.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { MAIN } from '../mekiki.ts'
import type { StandIn } from './stand-in.ts'
import { until } from './wait.ts'

export type Bot = {
  process: ChildProcess
  logs: Record<string, unknown>[]
  /** Everything on stdout and stderr. */
  text(): string
  /** Asks it to stop. @returns its exit status */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** On a machine that is busy with many tests. */
const READY_WITHIN_MS = 120_000

/** Starts it and waits until it serves. */
export async function startBot(stand: StandIn, home: string, env: Record<string, string> = {}): Promise<Bot> {
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: { ...process.env, ...stand.env, MEKIKI_HOME: home, ...env },
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
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
  const isReady = () => logs.some((l) => l.msg === 'ready')
  await until(
    () => isReady() || child.exitCode !== null,
    READY_WITHIN_MS,
    () => `not ready: ${all}`,
  )
  await until(
    () => stand.commands.length > 0 || child.exitCode !== null,
    10_000,
    () => `nothing registered: ${all}`,
  )
  return {
    process: child,
    logs,
    text: () => all,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      const [code] = await ended
      return code as number | null
    },
  }
}
