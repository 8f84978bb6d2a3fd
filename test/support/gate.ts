// Stands between a program and a server, and can be shut: connections break, and new ones are refused, as when the server restarts.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

export class Gate {
  private readonly target: URL
  private readonly sockets = new Set<Socket>()
  private server: Server | undefined
  private port = 0

  private constructor(target: URL) {
    this.target = target
  }

  static async before(url: string): Promise<Gate> {
    const gate = new Gate(new URL(url))
    await gate.open()
    return gate
  }

  /** Where the server is, through the gate. */
  get url(): string {
    const url = new URL(this.target)
    url.host = `127.0.0.1:${this.port}`
    return url.href
  }

  async open(): Promise<void> {
    const server = createServer((from) => {
      const to = connect(Number(this.target.port), this.target.hostname)
      for (const socket of [from, to]) {
        this.sockets.add(socket)
        socket.on('error', () => {})
        socket.on('close', () => {
          this.sockets.delete(socket)
          from.destroy()
          to.destroy()
        })
      }
      from.pipe(to).pipe(from)
    })
    server.listen(this.port, '127.0.0.1')
    await once(server, 'listening')
    this.port = (server.address() as AddressInfo).port
    this.server = server
  }

  async shut(): Promise<void> {
    const server = this.server
    this.server = undefined
    if (!server) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of this.sockets) socket.destroy()
    await closed
  }
}
