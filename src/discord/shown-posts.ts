import { z } from 'zod'
import type { Result } from '../commands/define.ts'
import type { TtlStore } from '../db/ttl-store.ts'
import type { Settings } from '../services/settings.ts'
import { Upload } from './uploads.ts'

/** How long a picture may still be added that somebody showed: its address holds about a day. */
export const POST_TTL_MS = 20 * 3600_000

/** Pictures that somebody showed and that may become examples. `parent`: the channel that a thread belongs to. */
export const Post = z.object({
  /** Whose they are. */
  poster: z.string(),
  channel: z.string(),
  parent: z.string().nullable(),
  uploads: z.array(Upload),
  /** The message that shows them, where one does. */
  message: z.string().optional(),
  /** They were given to a command: no message has them. */
  handedOver: z.boolean().optional(),
  ageRestricted: z.boolean().optional(),
})
export type Post = z.infer<typeof Post>

/** Keys of the store stay as they are: they are stored. */
export const postKey = (key: string): string => `post:${key}`

type Shown = { results: Result[]; post: Post; settings: Settings }

/**
 * Remembers where the pictures of some answers lie, so that whoever corrects one can add its picture; only of those that
 * may be added. Nothing of a picture is kept.
 */
export async function rememberShown(store: TtlStore, { results, post, settings }: Shown): Promise<void> {
  if (!post.handedOver && !settings.learnFromPosts) return
  if (results.length !== post.uploads.length) return
  for (const [i, result] of results.entries()) {
    const upload = post.uploads[i]
    const prediction = result.choices?.find(({ key }) => key === 'wrong')?.options.prediction
    if (upload && !upload.forwarded && typeof prediction === 'string')
      await store.set(postKey(prediction), { ...post, uploads: [upload] }, POST_TTL_MS)
  }
}

/** What an answer was about; undefined: it can no longer be had. */
export const findShown = async (store: TtlStore, prediction: string): Promise<Post | undefined> =>
  Post.safeParse(await store.get(postKey(prediction))).data

/** Whether it can still be had, and the server allows it to be added. */
export async function canAddShown(store: TtlStore, settings: Settings, prediction: string): Promise<boolean> {
  const post = await findShown(store, prediction)
  return post !== undefined && (post.handedOver === true || settings.learnFromPosts)
}
