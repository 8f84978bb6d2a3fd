import { said } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords, Words } from '../words.ts'
import { inEnglish } from './say.ts'

/** Everything moves from one database into another. */
export function movingResults(m: Markup): ResultWords<'migrated'> {
  const { and, bytes, count } = inEnglish(m)
  return {
    migrated: ({ engine, from, to, rows, bytes: size, kept, missing }) => ({
      headline: `Moved everything from ${m.text(from)} to ${m.text(to)}: ${count(rows, 'row')} (${bytes(size)}), each read again there.`,
      lines: said(
        engine === 'postgres'
          ? `Now set ${m.code('DATABASE_URL')} to that database, in ${m.code('.env')} or wherever your settings are, and start the bot.`
          : `Now take ${m.code('DATABASE_URL')} out of your settings, and start the bot.`,
        `What lies in the old place is no longer used. Keep it until all is well.`,
        kept !== null && `What was in the new place is at ${m.text(kept)} for 14 days.`,
        missing.length > 0 && `Did not move, because their files are gone: ${and(missing.map((id) => m.name(id)))}.`,
      ),
    }),
  }
}

/** By the code of a UserError. */
export const movingErrors: Words['errors'] = {
  'home.moved': ({ place }) => `Everything has moved: it is now in ${place}.`,
  'home.moving': ({ place }) =>
    place === undefined
      ? 'Everything is being moved or restored. Wait until that has ended.'
      : `A move from ${place} hasn’t ended. Run the same migrate again there.`,
  'migrate.different': 'Something arrived changed, so nothing has moved.',
  'migrate.not-empty': 'There are data already. Choose an empty database.',
  'migrate.nothing': 'There is nothing to move.',
  'migrate.place-unknown': 'Where to? Give --to with the address of a PostgreSQL, or --to sqlite.',
  'migrate.refused': ({ where }) => `PostgreSQL doesn’t take what is in ${where}. Nothing has moved.`,
  'migrate.same-engine': 'Between two PostgreSQL, use pg_dump.',
  'migrate.same-place': 'Everything is there already.',
  'serve.no-key': 'On PostgreSQL, pictures are encrypted: set DATA_KEY.',
}
