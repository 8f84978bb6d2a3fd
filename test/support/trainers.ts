// Processes that train (trainer-process.ts), and what they say.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { until } from './until.ts'

const PROGRAM = fileURLToPath(new URL('./trainer-process.ts', import.meta.url))

/** One line of what it says. */
type Said = {
  ready?: number
  computes?: boolean
  began?: number
  wrote?: number
  problem?: string
  reported?: Record<string, unknown>
}

export class TrainerProcess {
  readonly said: Said[] = []
  private readonly child: ChildProcess

  private constructor(child: ChildProcess) {
    this.child = child
    if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => this.said.push(JSON.parse(line)))
  }

  /**
   * On a machine of its own: it has no home in common with others. `standsStill`: until SIGCONT, in its first training, once it
   * computes; a small one would end before the next step of a test.
   */
  static async start(databaseUrl: string, { quietMs = 4_000, standsStill = false } = {}): Promise<TrainerProcess> {
    const home = mkdtempSync(join(tmpdir(), 'mekiki-trainer-'))
    const child = spawn(process.execPath, [PROGRAM, home, databaseUrl, `${quietMs}`, `${standsStill}`], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const started = new TrainerProcess(child)
    after(async () => {
      await started.kill()
      rmSync(home, { recursive: true, force: true })
    })
    await started.until((said) => said.some(({ ready }) => ready !== undefined))
    return started
  }

  until(isTrue: (said: Said[]) => boolean): Promise<void> {
    return until(() => isTrue(this.said))
  }

  /** Datasets whose versions it wrote. */
  get wrote(): number[] {
    return this.said.flatMap(({ wrote }) => (wrote === undefined ? [] : [wrote]))
  }

  get began(): number[] {
    return this.said.flatMap(({ began }) => (began === undefined ? [] : [began]))
  }

  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(name)
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit')
    this.child.stdin?.end()
    await ended
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const ended = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await ended
  }
}
