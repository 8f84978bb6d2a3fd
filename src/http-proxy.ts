import { EnvHttpProxyAgent } from 'undici'
import { config } from './config.ts'

/** Sends requests through the proxy that the environment names for their host, if it names one. */
export function openProxyAgent(): EnvHttpProxyAgent {
  const { HTTP_PROXY, HTTPS_PROXY, NO_PROXY } = config.proxyEnv
  return new EnvHttpProxyAgent({ httpProxy: HTTP_PROXY, httpsProxy: HTTPS_PROXY, noProxy: NO_PROXY })
}
