import { z } from 'zod'
import { Upload } from '../uploads.ts'

/** How a message concerns the bot: in a direct message, by name, or because its channel is watched. */
const Addressing = z.enum(['direct', 'mention', 'watched'])
export type Addressing = z.infer<typeof Addressing>

/** A post that is taken and not answered yet, as the database keeps it, so that a restart answers it all the same. */
export const PendingPost = z.object({
  call: Addressing,
  uploads: z.array(Upload),
  locale: z.string().nullable(),
  /** The channel that a thread belongs to. */
  parent: z.string().nullable(),
})
export type PendingPost = z.infer<typeof PendingPost>
