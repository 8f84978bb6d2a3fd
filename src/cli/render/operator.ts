import type { Results } from '../../commands/results.ts'
import { count, lines, mebibytes, plain } from './format.ts'

export const encrypted = ({ changed }: Results['encrypted']): string =>
  changed === 0
    ? 'Nothing to do: every picture is stored as DATA_KEY says.'
    : `Encrypted ${count(changed, 'picture')} with the first key of DATA_KEY.`

export const backupCreated = ({ file, bytes, missing }: Results['backupCreated']): string =>
  lines(
    `Wrote everything into ${plain(file)} (${mebibytes(bytes)}).`,
    ...missing.map((id) => `The file of the backbone ${plain(id)} is gone: the backup is without it.`),
    'Keep DATA_KEY, too, if you have set it: without it nothing reads the pictures.',
  )

export const backupRestored = ({ file, kept, forgotten }: Results['backupRestored']): string =>
  lines(
    `Restored ${plain(file)}.`,
    kept !== null && `What was there before is at ${plain(kept)} for 14 days.`,
    forgotten === null && 'What was there could not be read: what people had forgotten since the backup is back.',
    forgotten !== null &&
      forgotten > 0 &&
      `${count(forgotten, 'picture')} that had been forgotten since the backup stay forgotten.`,
  )

export function personFound({ person, examples, feedback, decisions, changes }: Results['personFound']): string {
  const found = [
    count(examples, 'picture'),
    `feedback on ${count(feedback, 'answer')}`,
    count(decisions, 'review decision'),
    count(changes, 'change'),
  ].join(', ')
  return lines(
    `Stored about ${plain(person)} on all servers: ${found}.`,
    'Deleting it is final: nothing brings it back, no backup that is restored either. Nothing has been deleted yet.',
  )
}

export const personForgotten = ({ person, examples }: Results['personForgotten']): string =>
  lines(
    `Forgot ${plain(person)} on all servers: ${count(examples, 'picture')} deleted, and everything else that named them.`,
    'Versions that may have learned from them are deleted by the next training, which a running bot starts by itself; where too few pictures are left to train, they are deleted already.',
    'Backups still hold what they held: delete them after a while.',
  )

export const personExported = ({ examples, feedback, changes, files }: Results['personExported']): string =>
  lines(
    `Wrote ${count(examples, 'picture')}, feedback on ${count(feedback, 'answer')} and ${count(changes, 'change')} into ${files.map(plain).join(', ')}.`,
    'Only you can read it. Make sure that it goes to the person whom it is about.',
  )

export function checked({ ok, checks }: Results['checked']): string {
  const problems = checks.filter((c) => !c.ok).length
  return lines(...checks.map(checkLine), ok ? 'All checks passed.' : `Found ${count(problems, 'problem')}.`)
}

function checkLine({ check, ok, found, todo }: Results['checked']['checks'][number]): string {
  const remedy = todo === undefined ? '' : ` → ${plain(todo)}`
  return `${ok ? 'ok     ' : 'PROBLEM'}  ${plain(check)}: ${plain(found)}${remedy}`
}
