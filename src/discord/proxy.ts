// Must be loaded before discord.js, which takes its WebSocket from `ws` when it is loaded.
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { createRequire } from 'node:module'
import { setGlobalDispatcher } from 'undici'
import { config } from '../config.ts'
import { openProxyAgent } from '../http-proxy.ts'

type WebSocketConstructor = new (address: string | URL, protocols: string[], options: object) => object

const { proxyEnv } = config
if (proxyEnv.HTTP_PROXY || proxyEnv.HTTPS_PROXY) useProxy()

/** Sends REST, downloads and the gateway through the proxy. discord.js has no setting for the gateway's. */
function useProxy(): void {
  setGlobalDispatcher(openProxyAgent())
  // As CommonJS, whose exports can be replaced; discord.js requires the same object.
  const ws = createRequire(import.meta.url)('ws') as { WebSocket: WebSocketConstructor }
  const secure = new HttpsAgent({ proxyEnv })
  const plain = new HttpAgent({ proxyEnv })
  ws.WebSocket = class extends ws.WebSocket {
    constructor(address: string | URL, protocols: string[], options: object) {
      super(address, protocols, { ...options, agent: new URL(address).protocol === 'ws:' ? plain : secure })
    }
  }
}
