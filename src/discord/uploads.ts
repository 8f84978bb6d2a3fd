import type { Attachment, Message } from 'discord.js'
import { z } from 'zod'
import { UserError } from '../errors.ts'
import { urlSource } from '../images/fetch.ts'
import { LIMITS } from '../images/limits.ts'
import type { Source } from '../images/source.ts'
import { isSpoiler, SPOILER_PREFIX } from '../images/spoiler.ts'

/** What is kept of an uploaded file until it is downloaded. `size`: in bytes. */
export const Upload = z.object({ name: z.string(), url: z.string(), size: z.number() })
export type Upload = z.infer<typeof Upload>

/** An upload as a picture that is downloaded when its turn comes. What is too large is not downloaded at all. */
export function toSource({ name, url, size }: Upload, hosts: string[]): Source {
  if (size <= LIMITS.bytes) return urlSource(name, url, hosts)
  return {
    name,
    async read() {
      throw new UserError('picture.too-large', `Expected at most ${LIMITS.bytes} bytes, received ${size}`)
    },
  }
}

/** The attachments of a message that claim to be pictures. */
export const uploadsOf = ({ attachments }: Message): Upload[] =>
  [...attachments.values()].filter(claimsToBePicture).map(toUpload)

/** Covered by its name or by a flag; the name keeps it. */
export const toUpload = ({ name, spoiler, url, size }: Attachment): Upload => ({
  name: spoiler && !isSpoiler(name) ? SPOILER_PREFIX + name : name,
  url,
  size,
})

/** A claim only: what a file really is, its bytes decide once it is downloaded. */
const claimsToBePicture = ({ name, contentType }: Attachment): boolean =>
  contentType ? contentType.startsWith('image/') : /\.(jpe?g|png|webp|gif|avif)$/i.test(name)
