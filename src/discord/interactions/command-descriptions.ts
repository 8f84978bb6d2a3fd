import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js'
import type { Command, CommandRegistry } from '../../commands/define.ts'
import { wordsOfCommand } from '../../locales/command-words.ts'
import { cutText } from '../cut-text.ts'
import { languages } from '../words.ts'
import { describeOptions } from './option-descriptions.ts'

/** Discord's limit, in characters. */
const MAX_DESCRIPTION = 100
const MENU_ENTRIES = ['whatIsThis', 'labelThis'] as const

type Body = RESTPostAPIApplicationCommandsJSONBody

/** Everything that people can call, as Discord registers it. */
export async function describeCommands(registry: CommandRegistry): Promise<Body[]> {
  const commands = (await registry.listFor('discord')).map(describeCommand)
  const menuEntries = MENU_ENTRIES.map(
    (key): Body => ({
      type: ApplicationCommandType.Message,
      name: languages.en[key],
      name_localizations: { [Locale.Japanese]: languages.ja[key] },
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild],
    }),
  )
  return [...commands, ...menuEntries]
}

function describeCommand(command: Command): Body {
  const [english, japanese] = [wordsOfCommand(languages.en, command), wordsOfCommand(languages.ja, command)]
  return {
    name: english.name,
    name_localizations: { [Locale.Japanese]: japanese.name },
    description: cutText(english.summary, MAX_DESCRIPTION),
    description_localizations: { [Locale.Japanese]: cutText(japanese.summary, MAX_DESCRIPTION) },
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: command.directMessages
      ? [InteractionContextType.Guild, InteractionContextType.BotDM]
      : [InteractionContextType.Guild],
    options: describeOptions(command),
  }
}
