import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Cluster } from './cluster.ts'
import { type ServedProcess, spawnNode } from './served-process.ts'
import { until } from './until.ts'

const DRIVER = fileURLToPath(new URL('./inference-process.ts', import.meta.url))

let started = 0

/** A process that answers calls, and that others take for dead after `leaseMs`. Its stop is as hard as that of `cluster` is. */
export async function startShortLease({ root, env, processes }: Cluster, leaseMs: number): Promise<ServedProcess> {
  const home = join(root, `short-${started++}`)
  mkdirSync(home)
  const served = spawnNode([DRIVER, String(leaseMs)], home, { ...process.env, ...env, MEKIKI_HOME: home })
  processes.push(Object.assign(served, { role: 'inference', port: 0, id: '' }) as (typeof processes)[number])
  await until(
    () => served.logs.some(({ msg }) => msg === 'serving') || !served.isAlive(),
    () => `does not serve: ${served.text()}`,
  )
  return served
}
