import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Client } from 'discord.js'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { App } from '../app.ts'
import type { Command } from '../commands/define.ts'
import { watchState } from './state-metrics.ts'

export type Metrics = ReturnType<typeof openMetrics>

const ACKNOWLEDGE_BUCKETS_S = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3]

/** What Prometheus can ask for. Names and codes only: never who, where or what. */
export function openMetrics(app: App, client: Client<true>) {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  watchState(registers, app, client)
  const commands = new Counter({
    name: 'mekiki_commands_total',
    help: 'Commands run, by outcome',
    labelNames: ['command', 'outcome'],
    registers,
  })
  /** The former name of `mekiki_commands_total`, for dashboards made before 0.2. It goes with 0.3. */
  const verbs = new Counter({
    name: 'mekiki_verbs_total',
    help: 'Deprecated: use mekiki_commands_total',
    labelNames: ['verb', 'outcome'],
    registers,
  })
  return {
    registry,
    countCommand({ name, formerNames = [] }: Command, outcome: 'done' | 'failed'): void {
      commands.inc({ command: name, outcome })
      verbs.inc({ verb: formerNames[0] ?? name, outcome })
    },
    acknowledged: new Histogram({
      name: 'mekiki_acknowledge_seconds',
      help: 'From an interaction to its first answer',
      buckets: ACKNOWLEDGE_BUCKETS_S,
      registers,
    }),
    posts: new Counter({
      name: 'mekiki_posts_total',
      help: 'Posted messages with pictures, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
  }
}

type Health = () => { ok: boolean; [key: string]: unknown }

type Address = { host: string; port: number }

/** Serves `/healthz` and `/metrics`. Resolves to its port and what closes it. */
export async function serveMetrics({ host, port }: Address, { registry }: Metrics, health: Health) {
  const server = createServer(async (request, response) => {
    const send = (status: number, type: string, body: string): void => {
      response.writeHead(status, { 'content-type': type }).end(body)
    }
    if (request.url === '/metrics') return send(200, registry.contentType, await registry.metrics())
    if (request.url !== '/healthz') return send(404, 'text/plain', 'Expected /healthz or /metrics\n')
    const state = health()
    send(state.ok ? 200 : 503, 'application/json', `${JSON.stringify(state)}\n`)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  // A string only where it listens on a socket file, which it does not.
  const { port: actualPort } = server.address() as AddressInfo
  return { port: actualPort, close: () => server.close() }
}
