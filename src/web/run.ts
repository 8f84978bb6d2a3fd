import type { CommandRegistry } from '../commands/define.ts'
import { explainDatabaseError } from '../db/database-errors.ts'
import { UserError } from '../errors.ts'
import { systemLanguage } from '../locales/system-language.ts'
import { runWeb } from './alone.ts'
import { wordsOf } from './words.ts'

/** As the command line has them (docs/cli.md). */
const EXIT = { userError: 1, usage: 2 }

/** `mekiki web`. Resolves to the exit status of the process; mistakes are said on stderr. */
export async function runWebOrExplain(argv: string[], commands: CommandRegistry): Promise<number> {
  try {
    return await runWeb(argv, commands)
  } catch (error) {
    const explained = explainDatabaseError(error)
    if (!(explained instanceof UserError)) throw error
    const { code, message, values } = explained
    const { terminal, errors } = wordsOf(systemLanguage())
    const text = terminal.errors[code] ?? errors[code]
    const said = typeof text === 'function' ? text(values) : text
    process.stderr.write(`${said === undefined ? '' : `${said}\n  `}${message} (${code})\n`)
    return code === 'web.usage' ? EXIT.usage : EXIT.userError
  }
}
