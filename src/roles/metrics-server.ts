import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Registry } from 'prom-client'
import type { PartHealth } from './health.ts'

type Address = { host: string; port: number }
/** What a process is made of, and how each part is. */
type Health = () => Record<string, PartHealth>

/**
 * Serves `/metrics`, `/healthz` (200 while every part does what it is for) and `/livez` (200 unless one is stuck, so that only a new
 * start helps). Resolves to its port and what closes it.
 */
export async function serveMetrics({ host, port }: Address, registry: Registry, health: Health) {
  const server = createServer(async (request, response) => {
    const send = (status: number, type: string, body: string): void => {
      response.writeHead(status, { 'content-type': type }).end(body)
    }
    const sayWhether = (ok: boolean, parts: ReturnType<Health>): void =>
      send(ok ? 200 : 503, 'application/json', `${JSON.stringify({ ok, parts })}\n`)
    if (request.url === '/metrics') return send(200, registry.contentType, await registry.metrics())
    const parts = health()
    const all = Object.values(parts)
    if (request.url === '/healthz')
      return sayWhether(
        all.every((part) => part.ok),
        parts,
      )
    if (request.url === '/livez') return sayWhether(!all.some((part) => part.isStuck), parts)
    send(404, 'text/plain', 'Expected /healthz, /livez or /metrics\n')
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  // A string only where it listens on a socket file, which it does not.
  const { port: actualPort } = server.address() as AddressInfo
  return { port: actualPort, close: () => server.close() }
}
