import type { App } from '../../src/app.ts'
import { readPerson } from '../../src/db/export-person.ts'
import { countExamplesOf } from '../../src/db/people.ts'
import { UserError } from '../../src/errors.ts'

/** An id of Discord's, alone or as it is mentioned. */
const ID = /^(?:<@!?)?(\d{15,20})>?$/

/** The person whom a request is about. Throws UserError person.not-an-id */
export function parsePerson(text: string): string {
  const id = ID.exec(text.trim())?.[1]
  if (id === undefined)
    throw new UserError(
      'person.not-an-id',
      `Expected a Discord id, as in 140000000000000001 (names change hands), received ${text}`,
    )
  return id
}

/** How much is kept of a person on all servers. */
export async function describePerson({ db }: App, person: string) {
  const { feedback, decisions, changes } = await readPerson(db, { by: person })
  const datasets = await countExamplesOf(db, { by: person })
  const examples = datasets.reduce((sum, d) => sum + d.examples, 0)
  return { person, examples, feedback: feedback.length, decisions: decisions.length, changes: changes.length }
}

/** The server that a command is about. Throws UserError servers.not-an-id */
export function parseServer(text: string | undefined, action: string): string {
  const id = text?.trim() ?? ''
  if (/^\d{15,20}$/.test(id)) return id
  throw new UserError(
    'servers.not-an-id',
    `Expected \`servers ${action} ID\` with the Discord id of a server, as in 140000000000000001, received ${id || 'none'}`,
  )
}
