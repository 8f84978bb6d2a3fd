import type { Pool, PoolClient } from 'pg'
import { errorCode, UserError } from '../../errors.ts'
import { explainPostgresError, unreachable } from './errors.ts'
import { isConnectionLost } from './lost-connection.ts'

/** Of the network, of names, and of TLS: what makes a first connection fail. */
const CONNECTING = /^(E[A-Z_]+|CERT_\w+|\w+_CERT\w*|ERR_\w+)$/

/** A pool that says what cannot be reached: errors of the network look the same whoever meets them. @param where it is */
export const reachablePool = (pool: Pool, where: string) => ({
  async connect(): Promise<PoolClient> {
    try {
      return await pool.connect()
    } catch (error) {
      const isExplained = error instanceof UserError || explainPostgresError(error) !== undefined
      throw !isExplained && isFailedConnection(error) ? unreachable(error, where) : error
    }
  },
  end: () => pool.end(),
})

const isFailedConnection = (error: unknown): boolean =>
  isConnectionLost(error) ||
  CONNECTING.test(errorCode(error) ?? '') ||
  (error instanceof Error && /SSL|certificate|timeout/i.test(error.message))
