import { errorCode } from '../../errors.ts'

/** Of sockets, and of a server that ends, starts, recovers, or has no room for another connection. */
const CODES = /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND|57P0[1-5]|08\w{3}|53300)$/
/** Of pg itself, which have no code. */
const MESSAGES = /Connection terminated|connection timeout|Client has encountered a connection error|not queryable/i

/** Whether an error says that the database cannot be reached for now: what was asked may have been done, or not. */
export function isConnectionLost(error: unknown): boolean {
  if (CODES.test(errorCode(error) ?? '')) return true
  if (error instanceof AggregateError && error.errors.some(isConnectionLost)) return true
  return error instanceof Error && (MESSAGES.test(error.message) || isConnectionLost(error.cause))
}
