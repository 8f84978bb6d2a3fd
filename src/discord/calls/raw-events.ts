import { type Client, GatewayDispatchEvents } from 'discord.js'
import { z } from 'zod'

/** Events that discord.js has not made anything of yet: more never are before it has connected. */
const MAX_PENDING = 1_000

const Identified = z.looseObject({ id: z.string() })
/** An object as Discord sent it. */
export type Raw = z.infer<typeof Identified>

/** What Discord sent of an interaction or of a message, by what discord.js made of it: another process makes the same of it. */
export class RawEvents {
  private readonly pending = new Map<string, Raw>()
  private readonly known = new WeakMap<object, Raw>()

  /** Is told of every event before the client is. */
  watch({ ws }: Client): void {
    const { InteractionCreate, MessageCreate, MessageUpdate } = GatewayDispatchEvents
    for (const event of [InteractionCreate, MessageCreate, MessageUpdate])
      ws.on(event, (data: unknown) => {
        const raw = Identified.parse(data)
        this.pending.set(raw.id, raw)
        const [oldest] = this.pending.keys()
        if (this.pending.size > MAX_PENDING && oldest !== undefined) this.pending.delete(oldest)
      })
  }

  /** Remembers what it was made of for as long as it is there itself. An edit may hold nothing but what it changes. */
  keep(made: { id: string }): void {
    const raw = this.pending.get(made.id)
    this.pending.delete(made.id)
    if (raw) this.set(made, raw)
  }

  set(made: { id: string }, raw: Raw): void {
    this.known.set(made, { ...this.known.get(made), ...raw })
  }

  /** Undefined: it was made of something else. */
  of(made: object): Raw | undefined {
    return this.known.get(made)
  }
}
