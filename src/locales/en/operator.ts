import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { inEnglish } from './say.ts'

/** Results that only the operator gets. */
export function operatorResults(m: Markup) {
  const { and, bytes, count, number } = inEnglish(m)
  const lost = (pictures: number): string =>
    `${count(pictures, 'picture')} can’t be read, because the bucket lost or changed ${pictures === 1 ? 'it' : 'them'}. ${pictures === 1 ? 'It stays' : 'They stay'} as ${pictures === 1 ? 'it is' : 'they are'}.`

  return {
    encrypted: ({ changed, unreadable }) => ({
      headline:
        changed === 0
          ? `Nothing to do: every picture is stored as ${m.code('DATA_KEY')} says.`
          : `Encrypted ${count(changed, 'picture')} with the first key of ${m.code('DATA_KEY')}.`,
      lines: said(unreadable > 0 && lost(unreadable)),
    }),
    picturesMoved: ({ to, changed, unreadable }) => ({
      headline: `Moved ${count(changed, 'picture')} into the ${to}.`,
      lines: said(
        unreadable > 0 && lost(unreadable),
        to === 'database' &&
          `Now take ${m.code('PICTURES_URL')} away and restart what runs: until then, new pictures go into the bucket.`,
      ),
    }),
    picturesChecked: ({ checked, unreadable, named }) => ({
      headline:
        unreadable === 0
          ? `Read ${count(checked, 'picture')} in the bucket: all are whole.`
          : `Read ${count(checked, 'picture')} in the bucket: ${number(unreadable)} missing or changed.`,
      sections: sections({
        lines: named.map(({ example, dataset, server }) => [m.text(`#${example}`), m.text(dataset), m.text(server)]),
      }),
    }),
    backupCreated: ({ file, bytes: size, missing, inBucket }) => ({
      headline: `Wrote everything into ${m.text(file)} (${bytes(size)}).`,
      lines: said(
        missing.length > 0 && `Not in it, because their files are gone: ${and(missing.map((id) => m.name(id)))}.`,
        inBucket > 0 && `${count(inBucket, 'picture lies', 'pictures lie')} in the bucket and not in this file.`,
        `If you have set ${m.code('DATA_KEY')}, keep it, too: nothing reads the pictures without it.`,
      ),
    }),
    backupRestored: ({ file, kept, forgotten }) => ({
      headline: `Restored ${m.text(file)}.`,
      lines: said(
        kept !== null && `What was there before is at ${m.text(kept)} for 14 days.`,
        forgotten === null &&
          'What was there could not be read: pictures that people have deleted since the backup are back.',
        forgotten !== null &&
          forgotten > 0 &&
          `${count(forgotten, 'picture that was', 'pictures that were')} deleted for good since the backup ${forgotten === 1 ? 'stays' : 'stay'} deleted.`,
      ),
    }),
    personFound: ({ person, examples, feedback, decisions, changes }) => ({
      headline: `Stored about ${m.name(person)} on all servers: ${and([
        count(examples, 'picture'),
        `feedback on ${count(feedback, 'answer')}`,
        count(decisions, 'review decision'),
        count(changes, 'change'),
      ])}.`,
      lines: ['Nothing has been deleted yet. Deleting is final: not even a restored backup brings it back.'],
    }),
    personForgotten: ({ person, examples }) => ({
      headline: `Deleted everything about ${m.name(person)} on all servers, ${count(examples, 'picture')} included.`,
      lines: [
        'Versions that may have learned from the pictures are deleted by the next training, which a running bot starts by itself, or at once where too few pictures are left to train.',
        'Backups still hold what they held: delete them after a while.',
      ],
    }),
    personExported: ({ examples, feedback, changes, files }) => ({
      headline: `Wrote ${count(examples, 'picture')}, feedback on ${count(feedback, 'answer')} and ${count(changes, 'change')} into ${and(files.map((file) => m.text(file)))}.`,
      lines: ['Only you can read it. Make sure that it reaches the right person.'],
    }),
    checked({ ok, checks }) {
      const problems = checks.filter((check) => !check.ok)
      return {
        headline: ok ? 'All checks passed.' : `Found ${count(problems.length, 'problem')}.`,
        sections: sections({
          lines: checks.map((c) => [
            c.ok ? 'ok' : m.bold('PROBLEM'),
            m.text(c.check),
            `${m.text(c.found)}${c.todo === undefined ? '' : ` → ${m.text(c.todo)}`}`,
          ]),
        }),
      }
    },
  } satisfies SomeResults
}
