import type { Attachment, ChatInputCommandInteraction, Message } from 'discord.js'
import type { Command } from '../../commands/define.ts'
import { UserError } from '../../errors.ts'
import { urlSource } from '../../images/fetch.ts'
import { LIMITS } from '../../images/limits.ts'
import type { Source } from '../../images/source.ts'
import { optionName, UPLOADS, uploadName } from './names.ts'

/** What is kept of an upload until it is downloaded. */
export type Upload = Pick<Attachment, 'name' | 'url' | 'size'>

/** An upload as a picture that is downloaded when its turn comes. What is too large is not downloaded at all. */
export function toSource({ name, url, size }: Upload, hosts: string[]): Source {
  if (size <= LIMITS.bytes) return urlSource(name, url, hosts)
  const read = (): never => {
    throw new UserError('picture.too-large', `Expected at most ${LIMITS.bytes} bytes, received ${size}`)
  }
  return { name, read: async () => read() }
}

/** The files of a message that say that they are pictures. */
export const uploadsOf = ({ attachments }: Message): Upload[] =>
  [...attachments.values()].filter(looksLikePicture).map(({ name, url, size }) => ({ name, url, size }))

/** What it is, its bytes say. */
const looksLikePicture = ({ name, contentType }: Pick<Attachment, 'name' | 'contentType'>): boolean =>
  contentType ? contentType.startsWith('image/') : /\.(jpe?g|png|webp|gif|avif)$/i.test(name)

/** What was given to a command, by the verb's own names. */
export function readInput(from: ChatInputCommandInteraction, command: Command, hosts: string[]) {
  const options: Record<string, unknown> = {}
  for (const [name, { kind }] of Object.entries(command.options)) {
    if (kind === 'pictures') continue
    const value = from.options.get(optionName(name))?.value
    if (value !== undefined) options[name] = value
  }
  const pictures: Source[] = []
  for (let n = 1; n <= UPLOADS; n++) {
    const file = from.options.getAttachment(uploadName(n))
    if (file) pictures.push(toSource(file, hosts))
  }
  return { options, pictures }
}
