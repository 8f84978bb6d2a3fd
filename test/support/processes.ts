// Real processes on one database, held back until all of them want to write.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import SQLite from 'better-sqlite3'
import type { Change, Outcome } from './process-driver.ts'

const DRIVER = fileURLToPath(new URL('./process-driver.ts', import.meta.url))
/** Long enough for a process to begin what it was told: too short, and the test sees less, but does not fail. */
const BEGIN_MS = 300

export class Driver {
  private readonly child: ChildProcess
  private readonly lines: AsyncIterator<string>

  private constructor(child: ChildProcess, lines: Interface) {
    this.child = child
    this.lines = lines[Symbol.asyncIterator]()
  }

  static async start(home: string): Promise<Driver> {
    const child = spawn(process.execPath, [DRIVER, home], { stdio: ['pipe', 'pipe', 'inherit'] })
    const driver = new Driver(child, createInterface({ input: child.stdout }))
    await driver.next()
    return driver
  }

  /** Resolves once it has begun. */
  async begin(changes: Change[]): Promise<void> {
    this.child.stdin?.write(`${JSON.stringify(changes)}\n`)
    await this.next()
  }

  async outcomes(count: number): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    while (outcomes.length < count) outcomes.push((await this.next()) as Outcome)
    return outcomes
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit')
    this.child.stdin?.end()
    await ended
  }

  private async next(): Promise<unknown> {
    const { value, done } = await this.lines.next()
    if (done) throw new Error('The process has ended')
    return JSON.parse(value)
  }
}

/** Lets every one of some processes begin its changes while nobody can write, and then all of them at once. */
export async function together(home: string, work: [Driver, Change[]][]): Promise<Outcome[][]> {
  const release = holdWrites(home)
  for (const [driver, changes] of work) await driver.begin(changes)
  await sleep(BEGIN_MS)
  release()
  return Promise.all(work.map(([driver, changes]) => driver.outcomes(changes.length)))
}

/** Takes the write lock of a home's database. @returns what gives it back */
export function holdWrites(home: string): () => void {
  const database = new SQLite(join(home, 'mekiki.sqlite'))
  database.exec('begin immediate')
  return () => {
    database.exec('rollback')
    database.close()
  }
}
