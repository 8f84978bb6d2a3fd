import { readFile } from 'node:fs/promises'
import type { Command } from '../../commands/define.ts'
import { readWebConfig } from '../../config.ts'
import { UserError } from '../../errors.ts'
import { LIMITS } from '../../images/limits.ts'
import type { Source } from '../../images/source.ts'
import { readBody, saveBody } from '../server/body.ts'
import { isFile } from './option-schemas.ts'

/** The option whose value is the body of a request. `isUpload`: it may be larger than memory. */
type FileOption = { option: string; isUpload: boolean }

/** A file that somebody sent. `remove`: to be called when nothing reads it any longer. */
export type GivenFile = FileOption & { source: Source; remove(): Promise<void> }

/** Throws UserError web.method: the command takes no file */
export function fileOptionOf(command: Command): FileOption {
  const [found] = Object.entries(command.options).filter(([, option]) => isFile(option))
  if (!found) throw new UserError('web.method', `Expected POST for ${command.name}, received a file`)
  const [option, { kind }] = found
  return { option, isUpload: kind === 'upload' }
}

/** A picture in memory, or an upload in a file of its own. Throws UserError web.too-large, web.too-slow, web.aborted */
export async function receiveFile(request: Request, given: FileOption & { name: string }): Promise<GivenFile> {
  const { name, option, isUpload } = given
  if (!isUpload) {
    const bytes = await readBody(request, LIMITS.bytes)
    return { option, isUpload, source: { name, read: async () => bytes.slice() }, remove: async () => {} }
  }
  const { file, remove } = await saveBody(request, readWebConfig().uploadBytes)
  return { option, isUpload, source: { name, read: () => readFile(file), zip: async () => ({ file }) }, remove }
}
