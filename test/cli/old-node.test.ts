// On a Node that is too old, a clone runs on the one that it installed: signals reach it, and its end is the program's.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { MAIN } from '../support/mekiki.ts'
import { skipWithoutTerminal } from '../support/terminal.ts'
import { until } from '../support/until.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-old-node-'))
const started: ChildProcess[] = []
after(() => {
  // What was not told to end, too.
  for (const { pid } of started) if (pid !== undefined && isRunning(-pid)) process.kill(-pid, 'SIGKILL')
  rmSync(home, { recursive: true, force: true })
})
function isRunning(group: number): boolean {
  try {
    return process.kill(group, 0)
  } catch {
    return false
  }
}
const TIMEOUT = { timeout: 60_000 }

/** Makes a Node say that it is old. */
const OLD = `data:text/javascript,${encodeURIComponent(
  `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } })`,
)}`
const ARGS = ['--import', OLD, MAIN]
/** A bot that waits for a Discord that does not answer. */
const env = {
  ...process.env,
  MEKIKI_HOME: home,
  DISCORD_TOKEN: 'a-token-of-no-bot',
  DISCORD_API: 'http://127.0.0.1:9/api',
}

type Run = { process: ChildProcess; text(): string; ended: Promise<unknown> }

function run(command: string, args: string[]): Run {
  const child = spawn(command, args, { env, cwd: home, stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  started.push(child)
  let all = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (all += text))
  return { process: child, text: () => all, ended: once(child, 'close') }
}

const saysThat = (run: Run, what: RegExp): Promise<void> =>
  until(
    () => what.test(run.text()),
    () => run.text(),
  )

test('the exit status is that of the program', () => {
  const { status, stderr } = spawnSync(process.execPath, [...ARGS, 'fly'], { env, cwd: home, encoding: 'utf8' })
  assert.match(stderr, /unknown command/)
  assert.equal(status, 2)
})

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  test(`${signal} reaches the program, and it ends in its own way`, TIMEOUT, async () => {
    const bot = run(process.execPath, [...ARGS, 'serve'])
    await saysThat(bot, /cannot be reached/)
    bot.process.kill(signal)
    // Closed: the program has gone, too, and holds no pipe.
    await bot.ended
    if (signal === 'SIGHUP') assert.equal(bot.process.signalCode, signal)
    else assert.deepEqual([bot.process.exitCode, /"stopped"/.test(bot.text())], [0, true], bot.text())
  })

test(
  'Ctrl-C in a terminal, which tells both, is one request to stop',
  {
    ...TIMEOUT,
    skip: skipWithoutTerminal,
  },
  async () => {
    const command = ['exec', process.execPath, ...ARGS.map((arg) => `'${arg}'`), 'serve'].join(' ')
    const bot = run('script', ['-qec', command, '/dev/null'])
    await saysThat(bot, /cannot be reached/)
    bot.process.stdin?.write('\u0003')
    await bot.ended
    assert.match(bot.text(), /stopped .*SIGINT/)
    assert.equal(bot.process.exitCode, 0)
  },
)
