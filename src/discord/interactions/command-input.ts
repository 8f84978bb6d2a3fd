import type { ChatInputCommandInteraction } from 'discord.js'
import type { Command } from '../../commands/define.ts'
import { toSource, toUpload, type UploadedSource } from '../uploads.ts'
import { MAX_UPLOADS, optionName, uploadName } from './names.ts'

type Input = { options: Record<string, unknown>; pictures: UploadedSource[] }

/** What somebody gave to a slash command, by the command's own names for its options. */
export function readInput(from: ChatInputCommandInteraction, command: Command, hosts: string[]): Input {
  const options: Record<string, unknown> = {}
  for (const [name, { kind }] of Object.entries(command.options)) {
    if (kind === 'pictures') continue
    if (kind === 'upload') {
      const file = from.options.getAttachment(optionName(name))
      if (file) options[name] = toSource(toUpload(file), hosts)
      continue
    }
    const value = from.options.get(optionName(name))?.value
    if (value !== undefined) options[name] = value
  }
  const pictures: UploadedSource[] = []
  for (let n = 1; n <= MAX_UPLOADS; n++) {
    const file = from.options.getAttachment(uploadName(n))
    if (file) pictures.push(toSource(toUpload(file), hosts))
  }
  return { options, pictures }
}
