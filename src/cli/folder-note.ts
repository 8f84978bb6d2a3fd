import { existsSync } from 'node:fs'
import { config } from '../config.ts'
import type { Words } from '../locales/words.ts'
import { plain } from './render/format.ts'

/**
 * On stderr: where the data are, where nobody said it: before a command that makes the folder, and wherever another one is
 * used than the usual. To be called before the database is opened. @returns what to call once it is
 */
export function noteFolder({ terminal }: Words): () => void {
  const { path, from, usual } = config.folder
  const isNew = from === 'usual' && !existsSync(path)
  return () => {
    if (isNew) say(terminal.folderMade(plain(path)))
    if (from === 'here') say(terminal.folderHere(plain(path), plain(usual)))
  }
}

const say = (text: string): void => void process.stderr.write(`${text}\n`)
