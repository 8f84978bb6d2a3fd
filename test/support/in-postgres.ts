import { Client } from 'pg'

/** The rows of a statement, run beside whatever else uses the database. */
export async function inPostgres<T = Record<string, unknown>>(url: string, statement: string): Promise<T[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows as T[]
  } finally {
    await client.end()
  }
}
