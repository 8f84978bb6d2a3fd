import { z } from 'zod'
import { PendingPost } from '../messages/pending-post.ts'

const Raw = z.looseObject({ id: z.string() })

/** What both kinds hold. `guild`: as GUILD_CREATE has it; null: a direct message, or not known. */
const About = { data: Raw, guild: Raw.nullable(), seesContent: z.boolean(), hasWaited: z.boolean() }

/** All that it takes to answer a call in another process, as the database keeps it until then. */
export const CallPayload = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('interaction'),
    ...About,
    acknowledged: z.enum(['public', 'private', 'update']),
    isHidden: z.boolean(),
  }),
  z.object({ kind: z.literal('message'), ...About, post: PendingPost }),
])
export type CallPayload = z.infer<typeof CallPayload>
