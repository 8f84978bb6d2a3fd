import {
  type APIApplicationCommandBasicOption,
  type ApplicationCommandOptionAllowedChannelTypes,
  ApplicationCommandOptionType,
  ChannelType,
  Locale,
} from 'discord.js'
import type { Command } from '../../commands/define.ts'
import { isOfferedOn } from '../../commands/front-ends.ts'
import type { Option } from '../../commands/options.ts'
import { wordsOfCommand } from '../../locales/command-words.ts'
import { cutText } from '../cut-text.ts'
import { languages } from '../words.ts'
import { MAX_UPLOADS, opensForm, optionName, uploadName } from './names.ts'

/** Discord's limit, in characters. */
const MAX_DESCRIPTION = 100

export const WATCHABLE_CHANNELS: ApplicationCommandOptionAllowedChannelTypes[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.GuildVoice,
]

/** What all kinds of options have in common. */
type Common = Pick<APIApplicationCommandBasicOption, 'name' | 'description' | 'description_localizations' | 'required'>

/** The options of a command, as Discord registers them. Pictures become an upload each. */
export function describeOptions(command: Command): APIApplicationCommandBasicOption[] {
  const shown = Object.entries(command.options).filter(([, option]) => isOfferedOn(option, 'discord'))
  const options = shown.flatMap(([name, option]) =>
    option.kind === 'pictures' ? describeUploads(command, option) : [describeOption(command, name, option)],
  )
  // Discord wants required options first.
  return options.sort((a, b) => Number(b.required) - Number(a.required))
}

function describeUploads(command: Command, option: Option): APIApplicationCommandBasicOption[] {
  const isRequired = !option.optional && !opensForm(command)
  return Array.from({ length: MAX_UPLOADS }, (_, i) => ({
    name: uploadName(i + 1),
    description: languages.en.picture,
    description_localizations: { [Locale.Japanese]: languages.ja.picture },
    type: ApplicationCommandOptionType.Attachment,
    required: i === 0 && isRequired,
  }))
}

function describeOption(command: Command, name: string, option: Option): APIApplicationCommandBasicOption {
  const { kind, min, max } = option
  const common: Common = {
    name: optionName(name),
    description: descriptionIn('en', command, name),
    description_localizations: { [Locale.Japanese]: descriptionIn('ja', command, name) },
    required: !option.optional,
  }
  switch (kind) {
    case 'number':
      return {
        ...common,
        type: ApplicationCommandOptionType.Integer,
        ...(min !== undefined && { min_value: min }),
        ...(max !== undefined && { max_value: max }),
      }
    case 'flag':
      return { ...common, type: ApplicationCommandOptionType.Boolean }
    case 'channel':
      return { ...common, type: ApplicationCommandOptionType.Channel, channel_types: WATCHABLE_CHANNELS }
    case 'upload':
      return { ...common, type: ApplicationCommandOptionType.Attachment }
    case 'role':
      return { ...common, type: ApplicationCommandOptionType.Role }
    case 'person':
      return { ...common, type: ApplicationCommandOptionType.User }
    default:
      return describeText(common, name, option)
  }
}

/** Discord takes either fixed choices or suggestions. */
function describeText(
  common: Common,
  option: string,
  { choices, offered, suggest, max }: Option,
): APIApplicationCommandBasicOption {
  const text = {
    ...common,
    type: ApplicationCommandOptionType.String,
    ...(max !== undefined && { max_length: max }),
  } as const
  if (choices) return { ...text, choices: (offered?.() ?? choices).map((value) => describeChoice(option, value)) }
  return suggest ? { ...text, autocomplete: true } : text
}

function describeChoice(option: string, value: string) {
  const [english, japanese] = [languages.en.values[option]?.[value], languages.ja.values[option]?.[value]]
  return { name: english ?? value, name_localizations: japanese ? { [Locale.Japanese]: japanese } : null, value }
}

const descriptionIn = (language: keyof typeof languages, command: Command, option: string): string =>
  cutText(wordsOfCommand(languages[language], command).options[option] ?? '', MAX_DESCRIPTION)
