// Memory of a process of each role, with a few servers that ask and train. .ci/with-postgres node bench/scale/memory.ts
import { readFileSync } from 'node:fs'
import type { Role } from '../../src/roles/roles.ts'
import { act, openTown, teach } from './town.ts'

const ROLES: Role[] = ['gateway', 'inference', 'training', 'web']
const QUESTIONS = 150
const KIB_A_MIB = 1_024
const WEB = { WEB_URL: 'http://localhost:8470', WEB_PORT: '0', DISCORD_CLIENT_SECRET: 'a-secret-of-the-stand-in' }

/** MiB now, and at the most. */
function memoryOf(pid: number | undefined): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const read = (field: string): number =>
    Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / KIB_A_MIB)
  return { now: read('VmRSS'), peak: read('VmHWM') }
}

const town = await openTown({})
try {
  const served = []
  for (const role of ROLES) served.push(await town.cluster.start(role, role === 'web' ? WEB : {}))
  await teach(town)
  for (let i = 0; i < QUESTIONS; i++) await act(town)
  console.table(Object.fromEntries(served.map(({ role, process }) => [role, memoryOf(process.pid)])))
} finally {
  await town.cluster.close()
}
