import type { Database } from './connection.ts'
import { EVERY_SERVER } from './forgettings.ts'
import { personHash } from './person-hash.ts'

/** Somebody's picture. `at`: when they added it, ISO 8601. */
type Addition = { person: string; at: string; pixelHash: Buffer }

/**
 * Tells what was forgotten since it was added, as backups are told (apply-forgettings.ts): on some servers, or everywhere.
 * Asked of many people, since only salted hashes of those who were forgotten are kept.
 */
export async function openForgotten(
  db: Database,
  servers: readonly string[],
): Promise<(addition: Addition) => boolean> {
  const forgettings = await db
    .selectFrom('forgettings')
    .select(['at', 'server', 'salt', 'person', 'pixel_hash'])
    .where('server', 'in', [EVERY_SERVER, ...servers])
    .where('person', 'is not', null)
    .execute()
  const byPerson = new Map<string, typeof forgettings>()

  function forgettingsOf(person: string): typeof forgettings {
    const known = byPerson.get(person)
    if (known) return known
    const theirs = forgettings.filter((f) => f.person?.equals(personHash({ server: f.server, person, salt: f.salt })))
    byPerson.set(person, theirs)
    return theirs
  }

  return ({ person, at, pixelHash }) =>
    forgettingsOf(person).some((f) => at <= f.at && (f.pixel_hash === null || f.pixel_hash.equals(pixelHash)))
}
