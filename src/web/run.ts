import { describeMistake } from '../cli/errors.ts'
import { loadWords } from '../cli/words.ts'
import type { CommandRegistry } from '../commands/define.ts'
import { explainDatabaseError } from '../db/database-errors.ts'
import { DEFAULT_DATASET, LOCAL_SERVER } from '../db/datasets.ts'
import { UserError } from '../errors.ts'
import { systemLanguage } from '../locales/system-language.ts'
import { runWeb } from './alone.ts'

/** As the command line has them (docs/cli.md). */
const EXIT = { userError: 1, usage: 2 }

/** `mekiki web`. Resolves to the exit status of the process; mistakes are said on stderr. */
export async function runWebOrExplain(argv: string[], commands: CommandRegistry): Promise<number> {
  try {
    return await runWeb(argv, commands)
  } catch (error) {
    const explained = explainDatabaseError(error)
    if (!(explained instanceof UserError)) throw error
    const words = await loadWords(systemLanguage(), { server: LOCAL_SERVER, dataset: DEFAULT_DATASET })
    process.stderr.write(`${describeMistake(explained, words)}\n`)
    return explained.code === 'web.usage' ? EXIT.usage : EXIT.userError
  }
}
