// A forward proxy on loopback: tunnels (CONNECT), plain requests and upgrades, to names that it alone resolves.
import { createServer, request } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** @param names their addresses. `seen`: what went through it */
export async function startProxy(names: Record<string, string>) {
  const seen: string[] = []
  const sockets = new Set<Duplex>()
  const resolve = (host: string): string => names[host] ?? host
  const server = createServer((incoming, outgoing) => {
    const { hostname, port, host, pathname, search } = new URL(incoming.url ?? '')
    seen.push(`request ${host}`)
    const { method, headers } = incoming
    const onward = request({ host: resolve(hostname), port, path: pathname + search, method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.on('connect', ({ url = '' }, client: Duplex) => {
    seen.push(`upgrade ${url}`)
    const { hostname, port } = new URL(`http://${url}`)
    const onward = connect(Number(port), resolve(hostname), () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      join(client, onward)
    })
  })
  server.on('upgrade', (incoming, client: Duplex) => {
    const { hostname, port, host, pathname, search } = new URL(incoming.url ?? '')
    seen.push(`upgrade ${host}`)
    const onward = connect(Number(port), resolve(hostname), () => {
      const headers = Object.entries(incoming.headers).map(([name, value]) => `${name}: ${value}\r\n`)
      onward.write(`GET ${pathname}${search} HTTP/1.1\r\n${headers.join('')}\r\n`)
      join(client, onward)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }

  function join(client: Duplex, onward: Socket): void {
    sockets.add(onward)
    for (const side of [client, onward]) side.on('error', () => side.destroy())
    client.pipe(onward).pipe(client)
  }
}
