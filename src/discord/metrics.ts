import { createServer } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { App } from '../app.ts'

export type Metrics = ReturnType<typeof openMetrics>

/** What Prometheus can ask for. Names and codes only: never who, where or what. */
export function openMetrics(app: App) {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({
    ...{ name: 'mekiki_queue_waiting', help: 'Pictures that wait for their turn', registers },
    collect() {
      this.set(app.queue.waits)
    },
  })
  return {
    registry,
    commands: new Counter({
      ...{ name: 'mekiki_commands_total', help: 'Commands run, by outcome', registers },
      labelNames: ['command', 'outcome'],
    }),
    acknowledged: new Histogram({
      ...{ name: 'mekiki_acknowledge_seconds', help: 'From an interaction to its first answer', registers },
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
    }),
    posts: new Counter({
      ...{ name: 'mekiki_posts_total', help: 'Posted messages with pictures, by what became of them', registers },
      labelNames: ['outcome'],
    }),
  }
}

type Health = () => { ok: boolean; [key: string]: unknown }

/** Serves `/healthz` and `/metrics` to this machine. @returns its port, and what closes it */
export async function serveMetrics(port: number, { registry }: Metrics, health: Health) {
  const server = createServer(async (request, response) => {
    const send = (status: number, type: string, body: string): void => {
      response.writeHead(status, { 'content-type': type }).end(body)
    }
    if (request.url === '/metrics') return send(200, registry.contentType, await registry.metrics())
    if (request.url !== '/healthz') return send(404, 'text/plain', 'Expected /healthz or /metrics\n')
    const state = health()
    send(state.ok ? 200 : 503, 'application/json', `${JSON.stringify(state)}\n`)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  return { port: (server.address() as { port: number }).port, close: () => server.close() }
}
