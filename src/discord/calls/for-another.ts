import type { Result } from '../../commands/define.ts'
import { isConnectionLost } from '../../db/postgres/lost-connection.ts'
import { UserError } from '../../errors.ts'
import { CallLost } from './running-call.ts'

/** This process is being stopped. */
const STOPPING = 'busy.stopping'

/** Why a call is left to another process, or to this one at another time, instead of telling somebody that it failed. */
export const isForAnother = (error: unknown): boolean =>
  error instanceof CallLost || (error instanceof UserError && error.code === STOPPING) || isConnectionLost(error)

/** Throws UserError busy.stopping where a picture was not looked at because this process stops. */
export function requireFinished(results: readonly Result[]): void {
  for (const { values } of results) {
    const failed = 'error' in values ? [values.error] : 'rejected' in values ? values.rejected : []
    if (failed.some(({ code }) => code === STOPPING))
      throw new UserError(STOPPING, 'Expected to be running, but it is being stopped')
  }
}
