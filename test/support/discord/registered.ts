// Which commands Discord has, for all servers and for each, and to whom it shows them.
import { commandProblems } from './checks.ts'
import { BASIC, type Guild, snowflake } from './entities.ts'
import type { Who } from './interaction.ts'

export type Described = {
  id: string
  name: string
  name_localizations?: Record<string, string>
  type?: number
  default_member_permissions?: string | null
  contexts?: number[]
  integration_types?: number[]
  options?: { name: string; type: number }[]
  [key: string]: unknown
}

/** A day's worth for one server. */
const MAX_REGISTRATIONS = 200
const CHAT_INPUT = 1

export class Registered {
  private readonly ofServers = new Map<string, { commands: Described[]; times: number; body: string }>()
  /** By server: commands that its managers opened to everybody under Server Settings → Integrations. */
  private readonly opened = new Map<string, Set<string>>()
  private readonly complain: (what: string) => void

  constructor(complain: (what: string) => void) {
    this.complain = complain
  }

  /** What a server has for itself. */
  of(guild: Guild): Described[] {
    return this.ofServers.get(guild.id)?.commands ?? []
  }
  /** How often a server's own commands were registered. */
  times(guild: Guild): number {
    return this.ofServers.get(guild.id)?.times ?? 0
  }
  /** Servers that have commands of their own. */
  get servers(): number {
    return this.ofServers.size
  }
  /** The bot left: nothing of it stays. */
  forget(guild: Guild): void {
    this.ofServers.delete(guild.id)
  }
  openToEverybody(guild: Guild, ...names: string[]): void {
    this.opened.set(guild.id, new Set([...(this.opened.get(guild.id) ?? []), ...names]))
  }

  /** Commands keep their ids by their names. */
  register(sent: Omit<Described, 'id'>[], before: Described[], about: object): Described[] {
    for (const problem of commandProblems(sent as Parameters<typeof commandProblems>[0]))
      this.complain(`commands: ${problem}`)
    return sent.map((command): Described => {
      const { name, type = CHAT_INPUT } = command as Described
      const id = before.find((c) => c.name === name && (c.type ?? CHAT_INPUT) === type)?.id ?? snowflake()
      return { ...command, name, type, id, version: snowflake(), ...about }
    })
  }

  registerFor(server: string, sent: Omit<Described, 'id'>[], about: object): Described[] {
    const known = this.ofServers.get(server)
    const body = JSON.stringify(sent)
    if (known?.body === body) this.complain(`the same commands were registered twice for ${server}`)
    for (const { name, contexts, integration_types } of sent as Described[])
      if (contexts || integration_types) this.complain(`${name} of one server has contexts`)
    const commands = this.register(sent, known?.commands ?? [], { ...about, guild_id: server })
    const times = (known?.times ?? 0) + 1
    if (times > MAX_REGISTRATIONS) this.complain(`${times} registrations for ${server}`)
    this.ofServers.set(server, { commands, times, body })
    return commands
  }

  /** Discord shows two commands of one name, and nobody knows which is meant. */
  checkNames(everywhere: Described[]): void {
    const names = new Set(everywhere.map((c) => `${c.type ?? CHAT_INPUT} ${c.name}`))
    for (const [server, { commands }] of this.ofServers)
      for (const { type, name } of commands)
        if (names.has(`${type} ${name}`)) this.complain(`${name} is there twice on ${server}`)
  }

  /** The command that somebody means by a name; undefined: there is none. */
  find(everywhere: Described[], { guild }: Who, name: string, type = CHAT_INPUT): Described | undefined {
    const isIt = (c: Described): boolean => c.name === name && (c.type ?? CHAT_INPUT) === type
    if (!guild) return everywhere.find((c) => isIt(c) && c.contexts?.includes(1))
    const own = this.ofServers.get(guild.id)?.commands
    // A server that was just added has them in a moment.
    const others = own ? [] : [...this.ofServers.values()].flatMap((s) => s.commands)
    return [...(own ?? []), ...everywhere, ...others].find(isIt)
  }

  /** Whether Discord shows a command to somebody. */
  shows({ guild, user, permissions = BASIC }: Who, command: Described): boolean {
    const needed = command.default_member_permissions
    if (!guild || needed === undefined || needed === null || guild.owner.id === user.id) return true
    if (this.opened.get(guild.id)?.has(command.name)) return true
    const theirs = permissions | rolePermissions(guild, user.id)
    return (theirs & BigInt(needed)) === BigInt(needed) && needed !== '0'
  }
}

function rolePermissions(guild: Guild, user: string): bigint {
  const ids = guild.members.find((m) => m.user.id === user)?.roles ?? []
  return guild.roles.filter((r) => ids.includes(r.id)).reduce((all, r) => all | BigInt(r.permissions), 0n)
}
