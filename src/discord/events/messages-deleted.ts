import { type Client, GatewayDispatchEvents } from 'discord.js'
import { z } from 'zod'

const One = z.object({ id: z.string() })
const Several = z.object({ ids: z.array(z.string()) })

/** Tells of deleted messages by their ids, also of those that are in no cache anymore: discord.js keeps those to itself. */
export function onMessagesDeleted({ ws }: Client, tell: (ids: string[]) => void): void {
  ws.on(GatewayDispatchEvents.MessageDelete, (data: unknown) => tell([One.parse(data).id]))
  ws.on(GatewayDispatchEvents.MessageDeleteBulk, (data: unknown) => tell(Several.parse(data).ids))
}
