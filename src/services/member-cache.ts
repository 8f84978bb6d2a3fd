import type { Member } from './permissions.ts'

/** Somebody who left, or lost a role, has what they had for no longer than this. */
export const MEMBER_TTL_MS = 60_000
/** A member takes a few hundred bytes. */
const MAX_MEMBERS = 10_000

type Fetch = (server: string, person: string) => Promise<Member | undefined>
type Entry = { server: string; askedAt: number; member: Promise<Member | undefined> }

/** Remembers for a minute who is whom: people ask for many things at once, and Discord is asked for each once. */
export class MemberCache {
  private readonly fetch: Fetch
  private readonly now: () => number
  /** The oldest first. */
  private readonly entries = new Map<string, Entry>()

  /** @param fetch asks Discord @param now a clock in milliseconds */
  constructor(fetch: Fetch, now = () => performance.now()) {
    this.fetch = fetch
    this.now = now
  }

  /** What was asked less than a minute ago, or is asked now. Throws what `fetch` throws */
  find(server: string, person: string): Promise<Member | undefined> {
    const key = keyOf(server, person)
    const known = this.entries.get(key)
    if (known && this.now() - known.askedAt < MEMBER_TTL_MS) return known.member
    const entry = { server, askedAt: this.now(), member: this.fetch(server, person) }
    this.entries.delete(key)
    this.entries.set(key, entry)
    this.dropOldest()
    entry.member.catch(() => {
      if (this.entries.get(key) === entry) this.entries.delete(key)
    })
    return entry.member
  }

  /** @param person undefined: everybody of the server */
  forget(server: string, person?: string): void {
    if (person !== undefined) this.entries.delete(keyOf(server, person))
    else for (const [key, entry] of this.entries) if (entry.server === server) this.entries.delete(key)
  }

  get size(): number {
    return this.entries.size
  }

  private dropOldest(): void {
    const [oldest] = this.entries.keys()
    if (this.entries.size > MAX_MEMBERS && oldest !== undefined) this.entries.delete(oldest)
  }
}

const keyOf = (server: string, person: string): string => `${server}:${person}`
