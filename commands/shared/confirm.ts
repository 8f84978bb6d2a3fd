import type { Chat } from '../../src/commands/define.ts'
import { UserError } from '../../src/errors.ts'

type Asking = { chat?: Chat | undefined; canChoose?: boolean | undefined }

/**
 * Whether somebody must confirm with a button or a key before something is deleted.
 * @param yes whether they have, on the command line. Throws UserError confirm.missing where nobody is there to ask
 */
export function mustAsk({ chat, canChoose }: Asking, yes: boolean | undefined): boolean {
  if (yes) return false
  if (chat || canChoose) return true
  throw new UserError(
    'confirm.missing',
    'Expected a confirmation before anything is deleted, found nobody to ask: add --yes',
  )
}
