import { createRequire } from 'node:module'
import { type REST, type RESTGetAPIGatewayResult, Routes } from 'discord.js'
import type { WebSocket } from 'ws'
import { errorCode } from '../errors.ts'

/** How long the gateway may take to answer, as long as a request may (rest-options.ts). */
const HANDSHAKE_MS = 15_000

/**
 * Opens a connection to the gateway and closes it. A client that cannot reach its gateway goes on trying although it was
 * destroyed: so none logs in before the gateway answers. Throws what untilReached takes for the network (reach.ts)
 */
export async function reachGateway(rest: REST): Promise<void> {
  const { url } = (await rest.get(Routes.gateway(), { auth: false })) as RESTGetAPIGatewayResult
  const address = new URL(url)
  address.search = '?v=10&encoding=json'
  // As discord.js has it: proxy.ts may have replaced it.
  const ws = createRequire(import.meta.url)('ws') as { WebSocket: typeof WebSocket }
  await openAndClose(new ws.WebSocket(address, [], { handshakeTimeout: HANDSHAKE_MS }))
}

function openAndClose(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      socket.close()
      resolve()
    })
    // The network's own errors have codes; those of `ws`, as for a late handshake or a 503, have none.
    socket.on('error', (error) => reject(errorCode(error) ? error : Object.assign(error, { code: 'EGATEWAY' })))
  })
}
