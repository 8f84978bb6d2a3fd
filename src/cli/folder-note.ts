import { existsSync } from 'node:fs'
import { config } from '../config.ts'
import { plain } from './render/format.ts'

/**
 * On stderr: where the data are, where nobody said it: before a command that makes the folder, and wherever another one is
 * used than the usual. To be called before the database is opened. @returns what to call once it is
 */
export function noteFolder(): () => void {
  const { path, from, usual } = config.folder
  const isNew = from === 'usual' && !existsSync(path)
  return () => {
    if (isNew) say(`Made the folder ${plain(path)} for everything that is stored. MEKIKI_HOME chooses another one.`)
    if (from === 'here')
      say(
        `Using the database in ${plain(path)}. Move that folder to ${plain(usual)}, or set MEKIKI_HOME, to use it from everywhere.`,
      )
  }
}

const say = (text: string): void => void process.stderr.write(`${text}\n`)
