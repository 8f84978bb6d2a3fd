import { z } from 'zod'
import { Upload } from '../uploads.ts'

/** How a message concerns the bot: in a direct message, by name, or because its channel is watched. */
const Addressing = z.enum(['direct', 'mention', 'watched'])
export type Addressing = z.infer<typeof Addressing>

/** Who posted the pictures that are meant, and where, if it was not the message itself. */
const Origin = z.object({ poster: z.string(), message: z.string() })

/** A post that is taken and not answered yet, as the database keeps it, so that a restart answers it all the same. */
export const PendingPost = z.object({
  call: Addressing,
  uploads: z.array(Upload),
  locale: z.string().nullable(),
  /** The channel that a thread belongs to. */
  parent: z.string().nullable(),
  /** Not known of posts that were taken before 0.2. */
  shownBy: Origin.optional(),
})
export type PendingPost = z.infer<typeof PendingPost>
