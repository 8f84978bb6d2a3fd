import type { Member } from './permissions.ts'

type Item = { id: string; name: string }
export type ServerNames = { channels: Item[]; roles: Item[]; people: Item[] }

/** Who is whom on the servers of a chat, for a front end that is no chat. */
export type MemberDirectory = {
  /** The application that the bot belongs to; undefined: it has not connected yet. */
  readonly application: string | undefined
  /** Those of some servers that the bot is in, with their names. */
  serversAmong(ids: readonly string[]): Promise<{ id: string; name: string }[]>
  /** Undefined: there is no such member, or no such server. At most a minute old. Throws UserError discord.starting, discord.unreachable */
  find(server: string, person: string): Promise<Member | undefined>
  /** What the server's channels where pictures are posted, its roles, and some of its people are called. */
  namesIn(server: string, people: readonly string[]): Promise<ServerNames>
  /** Tells when the rights of one person, or of everybody on a server, may have changed. @returns what ends it */
  onChanged(listener: (server: string, person?: string) => void): () => void
}
