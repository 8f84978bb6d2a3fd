// The gateway: sessions with numbered events that are kept, replayed on RESUME, and heartbeats that are acknowledged.
import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'

type Packet = { op: number; d?: unknown; s?: number | null; t?: string | null }
type Session = { id: string; events: Packet[]; socket: WebSocket | undefined }

const MESSAGE_CONTENT = 1 << 15
const HEARTBEAT = 2_000

export class Gateway {
  /** What happened, in words: identify, resume, heartbeat, close codes. */
  readonly seen: string[] = []
  /** Refuses the privileged intent with 4014. */
  refusesContent = false
  /** Heartbeats go unanswered: a zombie connection. */
  isDeaf = false
  intents = 0
  /** Who is asked for by id, of one server. */
  membersOf: (server: string, ids: string[]) => unknown[] = () => []
  private readonly sockets: WebSocketServer
  private session: Session | undefined
  private readonly token: string
  private readonly ready: () => unknown
  private readonly afterReady: () => void

  constructor(server: Server, token: string, ready: () => unknown, afterReady: () => void) {
    this.token = token
    this.ready = ready
    this.afterReady = afterReady
    this.sockets = new WebSocketServer({ server, path: '/gateway' })
    this.sockets.on('connection', (socket) => this.greet(socket))
  }

  /** Whether what happens now will arrive, at once or when the session is resumed. */
  get hasSession(): boolean {
    return this.session !== undefined
  }
  get isConnected(): boolean {
    return this.session?.socket?.readyState === 1
  }

  /** Numbers an event and keeps it; sends it where somebody is connected. */
  send(t: string, d: unknown): void {
    const { session } = this
    if (!session) return
    const packet = { op: 0, t, d, s: session.events.length + 1 }
    session.events.push(packet)
    if (session.socket?.readyState === 1) session.socket.send(JSON.stringify(packet))
  }

  /** Sends the last event of a kind again, as Discord may after a RESUME. */
  again(t: string): void {
    const packet = this.session?.events.findLast((e) => e.t === t)
    this.session?.socket?.send(JSON.stringify(packet))
  }

  reconnect(): void {
    this.session?.socket?.send(JSON.stringify({ op: 7, d: null }))
  }

  invalidate(resumable: boolean): void {
    const { session } = this
    if (!resumable) this.session = undefined
    session?.socket?.send(JSON.stringify({ op: 9, d: resumable }))
  }

  /** The line breaks; what happens meanwhile is kept. */
  drop(): void {
    this.session?.socket?.terminate()
  }

  close(): void {
    for (const socket of this.sockets.clients) socket.terminate()
    this.sockets.close()
  }

  private greet(socket: WebSocket): void {
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: HEARTBEAT } }))
    socket.on('message', (data) => this.receive(socket, JSON.parse(String(data)) as Packet))
    socket.on('close', (code) => {
      this.seen.push(`closed ${code}`)
      // Ended by the client itself: nothing can be resumed.
      if ((code === 1000 || code === 1001) && this.session?.socket === socket) this.session = undefined
    })
  }

  private receive(socket: WebSocket, { op, d }: Packet): void {
    if (op === 1 && !this.isDeaf) socket.send(JSON.stringify({ op: 11 }))
    if (op === 2) this.identify(socket, d as { token: string; intents: number })
    if (op === 8) this.tellMembers(d as { guild_id: string; user_ids: string[]; nonce?: string })
    if (op === 6) this.resume(socket, d as { token: string; session_id: string; seq: number })
  }

  private tellMembers({ guild_id, user_ids, nonce }: { guild_id: string; user_ids: string[]; nonce?: string }): void {
    const members = this.membersOf(guild_id, user_ids)
    this.send('GUILD_MEMBERS_CHUNK', { guild_id, members, chunk_index: 0, chunk_count: 1, not_found: [], nonce })
  }

  private identify(socket: WebSocket, { token, intents }: { token: string; intents: number }): void {
    this.seen.push('identify')
    if (token !== this.token) {
      socket.close(4004)
      return
    }
    if (this.refusesContent && intents & MESSAGE_CONTENT) {
      socket.close(4014)
      return
    }
    this.intents = intents
    this.session = { id: randomUUID(), events: [], socket }
    this.send('READY', { ...(this.ready() as object), session_id: this.session.id })
    this.afterReady()
  }

  private resume(socket: WebSocket, { session_id, seq }: { session_id: string; seq: number }): void {
    this.seen.push('resume')
    const { session } = this
    if (session?.id !== session_id) return void socket.send(JSON.stringify({ op: 9, d: false }))
    session.socket = socket
    for (const event of session.events.slice(seq)) socket.send(JSON.stringify(event))
    this.send('RESUMED', {})
  }

  get seesContent(): boolean {
    return (this.intents & MESSAGE_CONTENT) !== 0
  }
}
