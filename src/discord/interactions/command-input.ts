import type { ChatInputCommandInteraction } from 'discord.js'
import type { Command } from '../../commands/define.ts'
import type { Source } from '../../images/source.ts'
import { toSource, toUpload } from '../uploads.ts'
import { MAX_UPLOADS, optionName, uploadName } from './names.ts'

type Input = { options: Record<string, unknown>; pictures: Source[] }

/** What somebody gave to a slash command, by the command's own names for its options. */
export function readInput(from: ChatInputCommandInteraction, command: Command, hosts: string[]): Input {
  const options: Record<string, unknown> = {}
  for (const [name, { kind }] of Object.entries(command.options)) {
    if (kind === 'pictures') continue
    const value = from.options.get(optionName(name))?.value
    if (value !== undefined) options[name] = value
  }
  const pictures: Source[] = []
  for (let n = 1; n <= MAX_UPLOADS; n++) {
    const file = from.options.getAttachment(uploadName(n))
    if (file) pictures.push(toSource(toUpload(file), hosts))
  }
  return { options, pictures }
}
