import { statSync } from 'node:fs'
import { z } from 'zod'
import { config, readServeConfig, readServerLimits, readWebConfig } from '../config.ts'
import type { ServiceContext } from '../context.ts'
import { UserError } from '../errors.ts'
import type { Check } from './doctor.ts'
import type { ProcessReport } from './process-problems.ts'

/** What others of the machine may do with a file. */
const OTHERS = 0o077

/** The settings of the environment and of `.env`. */
export function checkSettings(): Check {
  const check = 'settings'
  try {
    readServeConfig()
    readServerLimits()
    readWebConfig()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const todo = 'correct it in the environment or in .env (docs/configuration.md)'
    return { check, ok: false, found: error.message, todo }
  }
  const [first] = config.envFiles
  const found =
    first === undefined ? 'of the environment alone' : `of the environment and ${config.envFiles.join(', ')}`
  return { check, ok: true, found }
}

/** Each `.env` that others of the machine can read. */
export function* checkSecrets(): Generator<Check> {
  if (process.platform === 'win32') return
  for (const file of config.envFiles)
    if ((statSync(file).mode & OTHERS) !== 0)
      yield {
        check: 'secrets',
        ok: false,
        found: `others on this machine can read ${file}`,
        todo: `run \`chmod 600 ${file}\`: it may hold the token and DATA_KEY`,
      }
}

/** As who uses the command line alone has it. */
const NOBODY = 'none serves this database'

const Lease = z.object({ host: z.string(), pid: z.int() })

/** Whether a bot serves this database: two would answer everything twice, so that a second one stops by itself. */
export async function checkBot({ ttlStore }: ServiceContext): Promise<Check> {
  const { data } = Lease.safeParse(await ttlStore.get('serving'))
  const found = data ? `process ${data.pid} on ${data.host} serves this database` : NOBODY
  return { check: 'bot', ok: true, found }
}

/** Several processes share a PostgreSQL. One that died and was replaced is listed, but is no problem. */
export function checkProcesses({ processes, problems }: ProcessReport): Check {
  const check = 'processes'
  if (processes.length === 0) return { check, ok: true, found: NOBODY }
  const found = `${processes.filter((listed) => listed.alive).length} run`
  const real = problems.filter(({ problem }) => problem !== 'dead')
  if (real.length === 0) return { check, ok: true, found }
  return { check, ok: false, found: `${found}, with problems: ${real.length}`, todo: 'see the list of processes' }
}
