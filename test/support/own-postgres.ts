// A PostgreSQL of one's own on loopback, which can be stopped and started: others go on with theirs.
import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** Debian keeps the programs of a server out of the PATH. */
const BIN = globSync('/usr/lib/postgresql/*/bin').toSorted().at(-1)
/** PostgreSQL refuses root: there it runs as the user that its package makes. */
const AS_SERVER = process.getuid?.() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups'] : []

export const skipWithoutServer = BIN === undefined && 'no PostgreSQL is installed here that could be started'

function run(...args: string[]): string {
  const [command = '', ...rest] = [...AS_SERVER, ...args]
  return execFileSync(command, rest, { cwd: '/tmp', encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}

export type OwnPostgres = { url: string; crash(): void; start(): void; remove(): void }

/** Starts one with an empty database. */
export async function ownPostgres(): Promise<OwnPostgres> {
  const folder = mkdtempSync('/tmp/mekiki-own-postgres-')
  if (AS_SERVER.length > 0) execFileSync('chown', ['postgres', folder])
  const data = join(folder, 'data')
  const port = await freePort()
  const ctl = (...args: string[]): string => run(join(BIN ?? '', 'pg_ctl'), '--pgdata', data, '--silent', ...args)
  run(
    join(BIN ?? '', 'initdb'),
    '--pgdata',
    data,
    '--username',
    'mekiki',
    '--auth',
    'trust',
    '--encoding',
    'UTF8',
    '--locale',
    'C',
    '--no-sync',
  )
  const options = `-c port=${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder}`
  const start = (): void => void ctl('--wait', '--log', join(folder, 'log'), '--options', options, 'start')
  start()
  return {
    url: `postgres://mekiki@127.0.0.1:${port}/postgres`,
    start,
    /** As a power cut: without a checkpoint, and every connection breaks. */
    crash: () => void ctl('--mode', 'immediate', 'stop'),
    remove() {
      ctl('--mode', 'immediate', 'stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
