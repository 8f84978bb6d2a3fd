import type { Screen } from '../../src/commands/define.ts'
import type { Rejected } from '../../src/commands/results.ts'
import { UserError } from '../../src/errors.ts'

/**
 * After the result: on a command line it is an error if nothing that was given could be used. A screen shows the result alone.
 * @param used how many could be, whatever became of them
 * Throws UserError file.all-rejected
 */
export function requireSomeUsed(
  { screen }: { screen?: Screen | undefined },
  { used, rejected }: { used: number; rejected: readonly Rejected[] },
): void {
  if (screen || used > 0 || rejected.length === 0) return
  throw new UserError(
    'file.all-rejected',
    `Expected at least one file that can be used, found none among ${rejected.length}`,
  )
}
