import type { ClientConfig } from 'pg'

/** Until a connection is there. */
const CONNECT_TIMEOUT_MS = 30_000
/** After how much silence a connection is asked whether it still stands: a machine that is gone says nothing. */
const KEEP_ALIVE_MS = 10_000

/** What all connections to a PostgreSQL have in common. @param url postgres://… */
export const clientOptions = (url: string): ClientConfig => ({
  connectionString: url,
  application_name: 'mekiki',
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  keepAlive: true,
  keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
})
