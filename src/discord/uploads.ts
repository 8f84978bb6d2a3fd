import type { Attachment } from 'discord.js'
import { z } from 'zod'
import { UserError } from '../errors.ts'
import { MAX_SENT_BYTES } from '../files/zip/limits.ts'
import { downloadAllowed, urlSource } from '../images/fetch.ts'
import { LIMITS } from '../images/limits.ts'
import type { Source, ZipBytes } from '../images/source.ts'
import { isSpoiler, SPOILER_PREFIX } from '../images/spoiler.ts'

/**
 * What is kept of an uploaded file until it is downloaded. `size`: in bytes; 0: not known. `forwarded`: from another
 * message, whose author Discord does not tell.
 */
export const Upload = z.object({
  name: z.string(),
  url: z.string(),
  size: z.number(),
  forwarded: z.boolean().optional(),
})
export type Upload = z.infer<typeof Upload>

export type UploadedSource = Source & { upload: Upload }

/** An upload as a picture that is downloaded when its turn comes. What is too large is not downloaded at all. */
export function toSource(upload: Upload, hosts: string[]): UploadedSource {
  const source = { ...toPicture(upload, hosts), upload }
  return /\.zip$/i.test(upload.name) ? { ...source, zip: () => downloadZip(upload, hosts) } : source
}

function toPicture({ name, url, size }: Upload, hosts: string[]): Source {
  if (size <= LIMITS.bytes) return urlSource(name, url, hosts)
  return {
    name,
    async read() {
      throw new UserError('picture.too-large', `Expected at most ${LIMITS.bytes} bytes, received ${size}`)
    },
  }
}

async function downloadZip({ url, size }: Upload, hosts: string[]): Promise<ZipBytes> {
  if (size > MAX_SENT_BYTES)
    throw new UserError('zip.too-large', `Expected a ZIP of at most ${MAX_SENT_BYTES} bytes, received ${size}`)
  return { bytes: await downloadAllowed(url, hosts, MAX_SENT_BYTES) }
}

/** Covered by its name or by a flag; the name keeps it. */
export const toUpload = ({ name, spoiler, url, size }: Attachment): Upload => ({
  name: spoiler ? covered(name) : name,
  url,
  size,
})

export const covered = (name: string): string => (isSpoiler(name) ? name : SPOILER_PREFIX + name)

/** Whether the time that its signed address holds is over. */
export function hasExpired({ url }: Upload): boolean {
  const until = Number.parseInt(URL.parse(url)?.searchParams.get('ex') ?? '', 16)
  return 1000 * until < Date.now()
}

/** The same file under another signature. */
export const isSameFile = (one: Upload, other: Upload): boolean =>
  URL.parse(one.url)?.pathname === URL.parse(other.url)?.pathname
