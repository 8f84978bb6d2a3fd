import { createHash } from 'node:crypto'
import {
  type APIApplicationCommandOption,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ApplicationCommandOptionType as As,
  ChannelType,
  InteractionContextType as In,
  Locale,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js'
import type { Command } from '../../commands/define.ts'
import type { CommandRegistry } from '../../commands/find.ts'
import type { Option } from '../../commands/options.ts'
import { type CommandWords, wordsOfCommand } from '../../locales/command-words.ts'
import { languages } from '../../locales/languages.ts'
import type { BotContext } from '../context.ts'
import { asksByForm, optionName, UPLOADS, uploadName } from './names.ts'

const { en, ja } = languages
/** Of a description, in characters. */
const LONGEST = 100
/** Verbs that make sense in a direct message too. */
const ANYWHERE = ['predict', 'help', 'privacy']

type Body = RESTPutAPIApplicationCommandsJSONBody
/** Everything that people can call, as Discord registers it. */
function describeCommands(registry: CommandRegistry): Body {
  const place = { integration_types: [ApplicationIntegrationType.GuildInstall], contexts: [In.Guild] }
  const chat = registry.listFor('discord').map((command) => ({
    ...place,
    ...(ANYWHERE.includes(command.name) && { contexts: [In.Guild, In.BotDM] }),
    ...describeNames(wordsOfCommand(en, command), wordsOfCommand(ja, command)),
    options: describeOptions(command),
  }))
  const menus = (['whatIsThis', 'labelThis'] as const).map((key) => ({
    ...place,
    type: ApplicationCommandType.Message,
    name: en[key],
    name_localizations: { [Locale.Japanese]: ja[key] },
  }))
  return [...chat, ...menus] as Body
}

/** Tells Discord what there is, only when it changed: registrations are few a day. */
export async function registerCommands({
  client,
  commands: registry,
  app: { ttlStore },
}: BotContext): Promise<boolean> {
  const commands = describeCommands(registry)
  const hash = createHash('sha256').update(JSON.stringify(commands)).digest('hex')
  const key = `commands:${client.application.id}`
  if ((await ttlStore.get(key)) === hash) return false
  await client.application.commands.set(commands)
  await ttlStore.set(key, hash)
  return true
}

const describeNames = (command: CommandWords, other: CommandWords) => ({
  name: command.name,
  name_localizations: { [Locale.Japanese]: other.name },
  description: command.summary.slice(0, LONGEST),
  description_localizations: { [Locale.Japanese]: other.summary.slice(0, LONGEST) },
})

function describeOptions(command: Command): APIApplicationCommandOption[] {
  const all = Object.entries(command.options).flatMap(([name, option]) => {
    const texts = [en, ja].map((words) => (wordsOfCommand(words, command).options[name] ?? '').slice(0, LONGEST))
    const about = { description: texts[0]!, description_localizations: { [Locale.Japanese]: texts[1]! } }
    if (option.kind !== 'pictures')
      return [{ name: optionName(name), ...about, ...describe(option), required: !option.optional }]
    return Array.from({ length: UPLOADS }, (_, i) => ({
      name: uploadName(i + 1),
      description: en.picture,
      description_localizations: { [Locale.Japanese]: ja.picture },
      type: As.Attachment,
      required: i === 0 && !option.optional && !asksByForm(command),
    }))
  })
  // Discord wants those that must be given first.
  return all.sort((a, b) => Number(b.required) - Number(a.required)) as APIApplicationCommandOption[]
}

function describe({ kind, choices, suggest, min, max }: Option): object {
  const limits = { ...(min !== undefined && { min_value: min }), ...(max !== undefined && { max_value: max }) }
  switch (kind) {
    case 'number':
      return { type: As.Integer, ...limits }
    case 'flag':
      return { type: As.Boolean }
    case 'channel':
      return { type: As.Channel, channel_types: WATCHABLE }
    case 'role':
      return { type: As.Role }
    case 'person':
      return { type: As.User }
    default:
      return {
        type: As.String,
        ...(choices && { choices: choices.map((c) => ({ name: c, value: c })) }),
        ...(suggest && { autocomplete: true }),
        ...(max !== undefined && { max_length: max }),
      }
  }
}

const WATCHABLE = [
  ...[ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum, ChannelType.GuildMedia],
  ...[ChannelType.PublicThread, ChannelType.PrivateThread, ChannelType.GuildVoice],
]
