import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js'
import type { Command, CommandRegistry } from '../../commands/define.ts'
import { wordsOfCommand } from '../../locales/command-words.ts'
import type { Access } from '../../services/permissions.ts'
import type { Settings } from '../../services/settings.ts'
import { cutText } from '../cut-text.ts'
import { languages } from '../words.ts'
import { describeOptions } from './option-descriptions.ts'

/** Discord's limit, in characters. */
const MAX_DESCRIPTION = 100

type Body = RESTPostAPIApplicationCommandsJSONBody
type MenuEntry = 'whatIsThis' | 'labelThis'

/** Only of commands of all servers: those of one server have no contexts. */
const INSTALLED = { integration_types: [ApplicationIntegrationType.GuildInstall] }

/** What everybody may call, on every server. */
export async function describeCommands(registry: CommandRegistry): Promise<Body[]> {
  const commands = (await registry.listFor('discord')).filter(({ access }) => access === 'member')
  const { Guild, BotDM } = InteractionContextType
  const described = commands.map((command) => ({
    ...describeCommand(command),
    ...INSTALLED,
    contexts: command.directMessages ? [Guild, BotDM] : [Guild],
  }))
  return [...described, { ...describeMenuEntry('whatIsThis'), ...INSTALLED, contexts: [Guild] }]
}

/**
 * What takes a right, as one server has it: Discord shows it to those who have the right by their permissions, or to all
 * where a role has it, since a bot cannot show a command to a role.
 */
export async function describeServerCommands(registry: CommandRegistry, settings: Settings): Promise<Body[]> {
  const commands = await registry.listFor('discord')
  const restricted = commands.filter((command) => command.access !== 'member' && isOffered(command))
  const described: Body[] = restricted.map((command) => ({
    ...describeCommand(command),
    default_member_permissions: permissionsFor(settings, command.access),
  }))
  if (!settings.learnFromPosts) return described
  const default_member_permissions = permissionsFor(settings, 'teacher')
  return [...described, { ...describeMenuEntry('labelThis'), default_member_permissions }]
}

/** Whether there is anything to choose, where the operator decides what is offered. */
const isOffered = ({ options }: Command): boolean =>
  Object.values(options).every(({ offered }) => offered === undefined || offered().length > 0)

const MANAGE_MESSAGES = String(PermissionFlagsBits.ManageMessages)
const MANAGE_SERVER = String(PermissionFlagsBits.ManageGuild)

/** Null: shown to everybody. */
function permissionsFor({ roles }: Settings, access: Access): string | null {
  const isGivenToRole = ([name, id]: [string, string | undefined]): boolean =>
    id !== undefined && (name === access || name === 'manager')
  if (Object.entries(roles).some(isGivenToRole)) return null
  return access === 'manager' || access === 'owner' ? MANAGE_SERVER : MANAGE_MESSAGES
}

function describeMenuEntry(key: MenuEntry): Body {
  return {
    type: ApplicationCommandType.Message,
    name: languages.en[key],
    name_localizations: { [Locale.Japanese]: languages.ja[key] },
  }
}

function describeCommand(command: Command): Body {
  const [english, japanese] = [wordsOfCommand(languages.en, command), wordsOfCommand(languages.ja, command)]
  return {
    name: english.name,
    name_localizations: { [Locale.Japanese]: japanese.name },
    description: cutText(english.summary, MAX_DESCRIPTION),
    description_localizations: { [Locale.Japanese]: cutText(japanese.summary, MAX_DESCRIPTION) },
    options: describeOptions(command),
  }
}
