import type { OperatorWords } from '../operator-words.ts'

/** What only the operator is told, or asked. */
export const operatorTerminal: OperatorWords = {
  folderMade: (path) => `Made the folder ${path} for everything that is stored. MEKIKI_HOME chooses another one.`,
  folderHere: (path, usual) =>
    `Using the database in ${path}. Move that folder to ${usual}, or set MEKIKI_HOME, to use it from everywhere.`,
  questions: {
    token: () => 'The token of your bot (it is not shown):',
    replaceToken: (file) => `${file} has another token. Replace it? [y/N]`,
    encrypt: () => 'Encrypt the pictures that are stored? [y/N]',
    service: () => 'Run the bot as a service of systemd, yours or the machine’s? [user/system/N]',
    replaceService: (file) => `${file} is there already. Replace it? [y/N]`,
  },
}

/** By the code of a UserError. */
export const operatorErrors = {
  'discord.no-token': 'There is no DISCORD_TOKEN, without which Discord can’t be asked.',
  'discord.unreachable': 'Discord can’t be reached.',
  'pictures.argument-missing': 'Something is missing.',
  'pictures.not-confirmed': 'Nothing was removed: it has to be confirmed.',
  'pictures.not-found': 'That is neither a file nor the number of a picture here.',
  'servers.no-limit': 'How many? Give --pictures, --labels, or both.',
  'servers.not-an-id': 'That is not a server’s Discord id.',
  'settings.unknown-server': 'Nothing is known of that server.',
  'setup.no-token': 'Nothing was written: there is no token.',
}
