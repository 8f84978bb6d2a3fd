// What may stand between a program and PostgreSQL, on loopback: a pooler in transaction mode, or a server that says another version.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { after } from 'node:test'

/** Of the first message of a client that asks for TLS. */
const SSL_REQUEST = 80_877_103
/** Bytes of the length before a first message, and of kind and length before all others. */
const [FIRST_HEAD, HEAD] = [4, 5]

/** An address as another one that leads through here. */
async function listenFor(url: string, onClient: (client: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    sockets.add(client)
    client.on('error', () => {})
    onClient(client)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String((server.address() as AddressInfo).port)
  return through.href
}

const reach = (url: string): Socket => {
  const { hostname, port } = new URL(url)
  return connect(Number(port || 5432), hostname).on('error', () => {})
}

/** An address that leads to a server until it is shut, and again when it is opened. */
export async function withDoor(url: string): Promise<{ url: string; shut: () => void; open: () => void }> {
  let isOpen = true
  const passing = new Set<Socket>()
  const through = await listenFor(url, (client) => {
    if (!isOpen) return void client.destroy()
    const server = reach(url)
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.pipe(other)
      one.on('close', () => other.destroy())
    }
    passing.add(client)
  })
  return {
    url: through,
    open() {
      isOpen = true
    },
    shut() {
      isOpen = false
      for (const client of passing) client.destroy()
      passing.clear()
    },
  }
}

/** Replaces a text in what the server says by one of the same length. */
export const sayingOtherwise = (url: string, { said, instead }: { said: string; instead: string }): Promise<string> =>
  listenFor(url, (client) => {
    const server = reach(url)
    client.pipe(server)
    server.on('data', (bytes) => client.write(bytes.toString('latin1').replaceAll(said, instead), 'latin1'))
    server.on('close', () => client.destroy())
    client.on('close', () => server.destroy())
  })

/** One connection for all clients: each has it for a transaction. The first client's user and database count. */
export async function poolingTransactions(url: string): Promise<string> {
  const server = reach(url)
  after(() => server.destroy())
  let greeting: Promise<Buffer> | undefined
  let turn = Promise.resolve()
  return listenFor(url, (client) => {
    let isGreeted = false
    let finished: (() => void) | undefined
    const onServer = (bytes: Buffer): void => {
      client.write(bytes)
      // Ready, and in no transaction: the end of what the server says.
      if (bytes.subarray(-6).equals(READY)) {
        server.off('data', onServer)
        finished?.()
        finished = undefined
      }
    }
    client.on('data', async (bytes) => {
      if (!isGreeted) {
        if (bytes.readUInt32BE(FIRST_HEAD) === SSL_REQUEST) return void client.write('N')
        isGreeted = true
        greeting ??= greet(server, bytes)
        return void client.write(await greeting)
      }
      // Its goodbye is not passed on.
      if (bytes[0] === 'X'.charCodeAt(0)) return void client.end()
      if (finished) return void server.write(bytes)
      const before = turn
      let end = (): void => {}
      turn = new Promise((resolve) => (end = resolve))
      finished = end
      await before
      server.on('data', onServer)
      server.write(bytes)
    })
    client.on('close', () => finished?.())
  })
}

const READY = Buffer.from([...Buffer.from('Z'), 0, 0, 0, HEAD, ...Buffer.from('I')])

/** What the server says first, up to that it is ready. */
async function greet(server: Socket, first: Buffer): Promise<Buffer> {
  server.write(first)
  let said = Buffer.alloc(0)
  while (!said.subarray(-6).equals(READY)) {
    const [bytes] = await once(server, 'data')
    said = Buffer.concat([said, bytes])
  }
  return said
}
