// The gateway: sessions with numbered events that are kept, replayed on RESUME, and heartbeats that are acknowledged.
import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { Identifies } from './identifies.ts'
import { concerns, type Shard, shardOf } from './shard.ts'

type Packet = { op: number; d?: unknown; s?: number | null; t?: string | null }
type Session = { id: string; shard: Shard; events: Packet[]; socket: WebSocket | undefined }
type Identify = { token: string; intents: number; shard?: [number, number] }
type MembersRequest = { guild_id: string; user_ids: string[]; nonce?: string }

/** What the gateway knows of the world around it. */
type World = {
  token: string
  /** The payload of READY, without the id of the session. */
  ready(shard: Shard): object
  /** What follows it: the servers of this shard. */
  servers(shard: Shard): { id: string }[]
  complain(what: string): void
}

const MESSAGE_CONTENT = 1 << 15
const HEARTBEAT = 2_000
/** Discord refuses a shard with more. */
const MAX_SERVERS = 2_500

export class Gateway {
  /** What happened, in words: identify, resume, heartbeat, close codes. */
  readonly seen: string[] = []
  /** Every session that ever began. */
  readonly started: { shard: number; count: number; at: number }[] = []
  /** Refuses the privileged intent with 4014. */
  refusesContent = false
  /** Heartbeats go unanswered: a zombie connection. */
  isDeaf = false
  intents = 0
  /** How many shards Discord recommends; undefined: as few as it takes. */
  shards: number | undefined
  readonly identifies: Identifies
  /** Who is asked for by id, of one server. */
  membersOf: (server: string, ids: string[]) => unknown[] = () => []
  private readonly sockets: WebSocketServer
  /** Of one shard there may be several: each receives everything. */
  private sessions: Session[] = []
  private readonly world: World

  constructor(server: Server, world: World) {
    this.world = world
    this.identifies = new Identifies((what) => world.complain(what))
    this.sockets = new WebSocketServer({ server, path: '/gateway' })
    this.sockets.on('connection', (socket) => this.greet(socket))
  }

  /** Whether what happens now will arrive, at once or when the session is resumed. */
  get hasSession(): boolean {
    return this.sessions.length > 0
  }
  get isConnected(): boolean {
    return this.connected.length > 0
  }
  /** The shards that somebody is connected to, in order; twice where two sessions overlap. */
  get connectedShards(): number[] {
    return this.connected.map(({ shard }) => shard.id).sort((a, b) => a - b)
  }
  private get connected(): Session[] {
    return this.sessions.filter(({ socket }) => socket?.readyState === 1)
  }

  /** Numbers an event and keeps it; sends it where somebody is connected. */
  send(t: string, d: unknown): void {
    for (const session of this.sessions) if (concerns(session.shard, t, d)) this.sendTo(session, t, d)
  }

  private sendTo(session: Session, t: string, d: unknown): void {
    const packet = { op: 0, t, d, s: session.events.length + 1 }
    session.events.push(packet)
    if (session.socket?.readyState === 1) session.socket.send(JSON.stringify(packet))
  }

  /** Sends the last event of a kind again, as Discord may after a RESUME. */
  again(t: string): void {
    for (const { events, socket } of this.sessions) {
      const packet = events.findLast((e) => e.t === t)
      if (packet) socket?.send(JSON.stringify(packet))
    }
  }

  reconnect(): void {
    for (const { socket } of this.sessions) socket?.send(JSON.stringify({ op: 7, d: null }))
  }

  invalidate(resumable: boolean): void {
    const { sessions } = this
    if (!resumable) this.sessions = []
    for (const { socket } of sessions) socket?.send(JSON.stringify({ op: 9, d: resumable }))
  }

  /** The line breaks; what happens meanwhile is kept. */
  drop(): void {
    for (const { socket } of this.sessions) socket?.terminate()
  }

  /** Ends the sessions of one shard, or all of them as a restart of Discord does: none can be resumed. */
  kill(shard?: number): void {
    const ended = this.sessions.filter((session) => shard === undefined || session.shard.id === shard)
    this.sessions = this.sessions.filter((session) => !ended.includes(session))
    for (const { socket } of ended) socket?.terminate()
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
      if (code === 1000 || code === 1001) this.sessions = this.sessions.filter((session) => session.socket !== socket)
    })
  }

  private receive(socket: WebSocket, { op, d }: Packet): void {
    if (op === 1 && !this.isDeaf) socket.send(JSON.stringify({ op: 11 }))
    if (op === 2) this.identify(socket, d as Identify)
    if (op === 8) this.tellMembers(socket, d as MembersRequest)
    if (op === 6) this.resume(socket, d as { token: string; session_id: string; seq: number })
  }

  private tellMembers(socket: WebSocket, { guild_id, user_ids, nonce }: MembersRequest): void {
    const session = this.sessions.find((s) => s.socket === socket)
    if (!session) return
    if (shardOf(guild_id, session.shard.count) !== session.shard.id)
      this.world.complain(`asked for members of ${guild_id} on shard ${session.shard.id}, which is not its own`)
    const members = this.membersOf(guild_id, user_ids)
    const chunk = { guild_id, members, chunk_index: 0, chunk_count: 1, not_found: [], nonce }
    this.sendTo(session, 'GUILD_MEMBERS_CHUNK', chunk)
  }

  private identify(socket: WebSocket, { token, intents, shard: [id, count] = [0, 1] }: Identify): void {
    this.seen.push('identify')
    if (token !== this.world.token) return void socket.close(4004)
    if (id >= count) return void socket.close(4010)
    this.identifies.note(id)
    if (this.refusesContent && intents & MESSAGE_CONTENT) return void socket.close(4014)
    const shard = { id, count }
    const servers = this.world.servers(shard)
    if (servers.length > MAX_SERVERS) return void socket.close(4011)
    this.intents = intents
    this.started.push({ shard: id, count, at: performance.now() })
    const session = { id: randomUUID(), shard, events: [], socket }
    this.sessions.push(session)
    this.sendTo(session, 'READY', { ...this.world.ready(shard), session_id: session.id })
    for (const server of servers) this.sendTo(session, 'GUILD_CREATE', server)
  }

  private resume(socket: WebSocket, { session_id, seq }: { session_id: string; seq: number }): void {
    this.seen.push('resume')
    const session = this.sessions.find(({ id }) => id === session_id)
    if (!session) return void socket.send(JSON.stringify({ op: 9, d: false }))
    session.socket = socket
    for (const event of session.events.slice(seq)) socket.send(JSON.stringify(event))
    this.sendTo(session, 'RESUMED', {})
  }

  get seesContent(): boolean {
    return (this.intents & MESSAGE_CONTENT) !== 0
  }
}
