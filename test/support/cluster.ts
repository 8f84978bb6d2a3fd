// Several processes of Mekiki, each with its role, on one PostgreSQL and against a stand-in for Discord.
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Pool } from 'pg'
import type { Role } from '../../src/roles/roles.ts'
import { openWorld, type World } from './discord/world.ts'
import { makeFromTemplate, onServer, urlOf } from './postgres.ts'
import { type ServedProcess, spawnServe } from './served-process.ts'
import { until } from './until.ts'

const KEY_BYTES = 32

export type Served = ServedProcess & {
  role: Role | 'all'
  /** Of its metrics and its health. */
  port: number
  /** Its id in the table of processes. */
  id: string
  health(): Promise<{ ok: boolean; parts: Record<string, { ok: boolean }> }>
  /** The value of a metric, whatever its labels; NaN: it is not there. */
  metric(name: string): Promise<number>
  /** At once, as by a power cut. */
  kill(): Promise<void>
}

export type Cluster = Omit<World, 'start' | 'bots' | 'home'> & {
  /** The database's address. */
  url: string
  /** What each process is told in its environment. */
  env: Record<string, string>
  /** Those that were started, dead ones included. */
  processes: Served[]
  /** Starts a process. Resolves once it serves. */
  start(role: Role | 'all', env?: Record<string, string>): Promise<Served>
  /** Rows of the database, as they are. */
  query<T extends Record<string, unknown>>(text: string, values?: unknown[]): Promise<T[]>
}

/**
 * A stand-in for Discord with one server, and a PostgreSQL on which processes can be started. `url`: another than a fresh database
 * of the server of the tests.
 */
export async function openCluster({ url: given }: { url?: string } = {}): Promise<Cluster> {
  const { start: _start, bots: _bots, home: _home, close: closeWorld, ...world } = await openWorld()
  const name = `mekiki_cluster_${process.pid}_${randomBytes(4).toString('hex')}`
  const url = given ?? urlOf(await makeFromTemplate(name))
  const key = randomBytes(KEY_BYTES).toString('base64')
  const env = { ...world.stand.env, DATABASE_URL: url, DATA_KEY: key, METRICS_PORT: '0', LOG_FORMAT: 'json' }
  const processes: Served[] = []
  // Opened anew where the database was away.
  const pool = new Pool({ connectionString: url, max: 2 })
  pool.on('error', () => {})

  async function start(role: Role | 'all', more: Record<string, string> = {}): Promise<Served> {
    // Machines share nothing but the database.
    const home = join(world.root, `${role}-${processes.length}`)
    mkdirSync(home)
    const served = spawnServe(['--role', role], home, { ...process.env, ...env, MEKIKI_HOME: home, ...more })
    const isServing = () => served.logs.some((line) => line.msg === 'serving')
    const about = { role, port: 0, id: '', ...askingFor(served) }
    const listed = Object.assign(served, about)
    processes.push(listed)
    await until(
      () => isServing() || !served.isAlive(),
      () => `${role} does not serve: ${served.text()}`,
    )
    if (!served.isAlive()) throw new Error(`${role} has ended: ${served.text()}`)
    const { metricsPort, process: id } = served.logs.find((line) => line.msg === 'serving') ?? {}
    return Object.assign(listed, { port: Number(metricsPort), id: String(id) })
  }

  return {
    ...world,
    ...{ url, env, processes, start },
    async query<T extends Record<string, unknown>>(text: string, values: unknown[] = []) {
      return (await pool.query<T>(text, values)).rows
    },
    async close() {
      await Promise.all(processes.filter((served) => served.isAlive()).map((served) => served.stop()))
      await pool.end()
      if (!given) await onServer((server) => server.query(`drop database if exists ${name} with (force)`))
      return closeWorld()
    },
  }
}

const askingFor = (served: ServedProcess) => ({
  async health(this: Served) {
    const answer = await fetch(`http://127.0.0.1:${this.port}/healthz`)
    return (await answer.json()) as Awaited<ReturnType<Served['health']>>
  },
  async metric(this: Served, name: string) {
    const text = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text()
    return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1])
  },
  async kill() {
    await served.stop('SIGKILL')
  },
})
