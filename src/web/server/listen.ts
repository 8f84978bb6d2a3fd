import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { errorCode, UserError } from '../../errors.ts'
import type { WebEnv } from '../context.ts'

/**
 * `headersMs`, `requestMs`: for the headers of a request, and for a whole one with its body; an answer may take as long as a training.
 * `checkMs`: connections are looked at so often.
 */
export type Limits = { headersMs: number; requestMs: number; checkMs: number; connections: number }

/** The largest upload, from a telephone in a slow network, takes hours; one that stops is ended by its body's own limit. */
const LIMITS: Limits = { headersMs: 10_000, requestMs: 4 * 3600_000, checkMs: 5_000, connections: 2_000 }

export type Listening = { port: number; close(): Promise<void> }

/** `open`: makes what is served, once the port is known; 0: any that is free. */
type Where = { host: string; port: number; open(port: number): Hono<WebEnv>; limits?: Partial<Limits> }

/** Throws UserError web.port: somebody else listens there, or it may not */
export async function listen({ host, port, open, limits }: Where): Promise<Listening> {
  const { headersMs, requestMs, checkMs, connections } = { ...LIMITS, ...limits }
  const server = createServer({
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: checkMs,
  })
  server.maxConnections = connections
  // A connection without a request is not one of those that Node looks at: whoever says nothing would keep it.
  server.on('connection', (socket) => socket.setTimeout(headersMs, () => socket.destroy()))
  server.on('request', ({ socket }) => socket.setTimeout(0))
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    throw new UserError(
      'web.port',
      `Expected to listen on ${host}:${port}, received ${errorCode(error)}`,
      { port },
      {
        cause: error,
      },
    )
  }
  const { port: actualPort } = server.address() as AddressInfo
  server.on('request', getRequestListener(open(actualPort).fetch))
  return { port: actualPort, close: () => closeServer(server) }
}

/** Event streams never end by themselves. */
async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
