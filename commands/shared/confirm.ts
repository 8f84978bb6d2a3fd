import type { Screen } from '../../src/commands/define.ts'
import { UserError } from '../../src/errors.ts'

type Asking = { screen?: Screen | undefined; canChoose?: boolean | undefined }

/**
 * Whether somebody must confirm with a button or a key before something is deleted.
 * @param yes whether they have, on the command line. Throws UserError confirm.missing where nobody is there to ask
 */
export function mustAsk({ screen, canChoose }: Asking, yes: boolean | undefined): boolean {
  if (yes) return false
  if (screen || canChoose) return true
  throw new UserError(
    'confirm.missing',
    'Expected a confirmation before anything is deleted, found nobody to ask: add --yes',
  )
}
