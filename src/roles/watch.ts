import { type Heartbeat, startHeartbeat } from '../services/process-registry.ts'
import { databaseHealth, type PartHealth } from './health.ts'
import { serveMetrics } from './metrics-server.ts'
import { ROLES, type RoleContext, type RunningRole } from './roles.ts'
import { ABORT_MS, within } from './within.ts'

/** `running`: nothing until all roles have started. */
type Watched = Pick<RoleContext, 'app' | 'log' | 'roles' | 'serving' | 'registry'> & { running: () => RunningRole[] }

/**
 * Puts this process on the list of all, and serves its metrics and health where METRICS_PORT is set.
 * Resolves to its id on that list, the port, and what ends both.
 */
export async function watchProcess(watched: Watched) {
  const { app, log, roles, serving, registry, running } = watched
  const [only] = roles
  const heartbeat = await startHeartbeat(app, {
    role: roles.length === ROLES.length || !only ? 'all' : only,
    work: () => sumWork(running(), app.queue.waitingCount),
    shards: () => running().flatMap((role) => role.shards?.() ?? []),
    onError: (err) => log.warn({ err }, 'the database did not take a sign of life'),
  })
  const { metricsHost: host, metricsPort: port } = serving
  const server =
    port === undefined
      ? undefined
      : await serveMetrics({ host, port }, registry, () => readHealth(heartbeat, running()))
  return {
    id: heartbeat.id,
    port: server?.port,
    async close(): Promise<void> {
      server?.close()
      await within(ABORT_MS, heartbeat.stop())
    },
  }
}

const NO_WORK = { waiting: 0, calls: 0, trainings: 0 }

function sumWork(running: RunningRole[], waiting: number): typeof NO_WORK {
  const sum = { ...NO_WORK, waiting }
  for (const { work } of running) {
    const part = work?.() ?? {}
    sum.waiting += part.waiting ?? 0
    sum.calls += part.calls ?? 0
    sum.trainings += part.trainings ?? 0
  }
  return sum
}

function readHealth(heartbeat: Heartbeat, running: RunningRole[]): Record<string, PartHealth> {
  const parts = running.map(({ name, health }): [string, PartHealth] => [name, health?.() ?? { ok: true }])
  return {
    process: { ok: running.length > 0, ...(running.length === 0 && { waitsFor: 'the start of its roles' }) },
    database: databaseHealth(heartbeat.silentMs()),
    ...Object.fromEntries(parts),
  }
}
