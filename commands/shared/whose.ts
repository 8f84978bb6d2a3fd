import { NO_SERVER } from '../../src/db/datasets.ts'
import type { Person } from '../../src/db/people.ts'

/** The one who asks, in the server where they ask; in a direct message, in every one, left ones included. */
export const whose = ({ server, by }: { server: string; by: string }): Person =>
  server === NO_SERVER ? { by } : { by, server }
