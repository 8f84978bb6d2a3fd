import { UserError } from '../../errors.ts'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type PostgresDialectConfig,
  type QueryResult,
} from '../kysely.ts'
import { unreachable } from './errors.ts'
import { isConnectionLost } from './lost-connection.ts'

type Config = PostgresDialectConfig & { where: string }

/** Says of a connection that breaks that it is the database's: errors of the network look the same whoever meets them. */
export class ReachableDialect extends PostgresDialect {
  private readonly where: string

  /** @param config `where`: the database, as people are told */
  constructor({ where, ...config }: Config) {
    super(config)
    this.where = where
  }

  override createDriver(): Driver {
    const driver = super.createDriver()
    const acquire = driver.acquireConnection.bind(driver)
    const known = new WeakSet<DatabaseConnection>()
    driver.acquireConnection = async () => {
      const connection = await acquire()
      if (!known.has(connection)) this.explain(connection)
      known.add(connection)
      return connection
    }
    return driver
  }

  private explain(connection: DatabaseConnection): void {
    const execute = connection.executeQuery.bind(connection)
    connection.executeQuery = async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
      try {
        return await execute<R>(query)
      } catch (error) {
        throw isBroken(error) ? unreachable(error, this.where) : error
      }
    }
  }
}

/** What the server itself says has a code, which others ask for (errors.ts). */
const isBroken = (error: unknown): boolean =>
  error instanceof Error && !(error instanceof UserError) && !('severity' in error) && isConnectionLost(error)
