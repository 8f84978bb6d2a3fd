import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { inEnglish } from './say.ts'

type Key =
  | 'encrypted'
  | 'backupCreated'
  | 'backupRestored'
  | 'personFound'
  | 'personForgotten'
  | 'personExported'
  | 'checked'

/** Results that only the operator gets. */
export function operatorResults(m: Markup): ResultWords<Key> {
  const { and, bytes, count } = inEnglish(m)

  return {
    encrypted: ({ changed }) => ({
      headline:
        changed === 0
          ? `Nothing to do: every picture is stored as ${m.code('DATA_KEY')} says.`
          : `Encrypted ${count(changed, 'picture')} with the first key of ${m.code('DATA_KEY')}.`,
    }),
    backupCreated: ({ file, bytes: size, missing }) => ({
      headline: `Wrote everything into ${m.text(file)} (${bytes(size)}).`,
      lines: said(
        missing.length > 0 && `Not in it, because their files are gone: ${and(missing.map((id) => m.name(id)))}.`,
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
  }
}
