import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { errorCode, UserError } from '../../errors.ts'
import type { WebEnv } from '../context.ts'

/** For the headers of a request, and for a whole one with its body. An answer may take as long as a training. */
const [HEADERS_MS, REQUEST_MS] = [10_000, 600_000]
const MAX_CONNECTIONS = 2_000

export type Listening = { port: number; close(): Promise<void> }

/** `open`: makes what is served, once the port is known; 0: any that is free. */
type Where = { host: string; port: number; open(port: number): Hono<WebEnv> }

/** Throws UserError web.port: somebody else listens there, or it may not */
export async function listen({ host, port, open }: Where): Promise<Listening> {
  const server = createServer({ headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS })
  server.maxConnections = MAX_CONNECTIONS
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
