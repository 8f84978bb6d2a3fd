import type { Results } from '../../commands/results.ts'
import { count, lines, plain } from './format.ts'

export const encrypted = ({ changed }: Results['encrypted']): string =>
  changed === 0
    ? 'Nothing to do: every picture is stored as DATA_KEY says.'
    : `Encrypted ${count(changed, 'picture')} with the first key of DATA_KEY.`

export function checked({ ok, checks }: Results['checked']): string {
  const problems = checks.filter((c) => !c.ok).length
  return lines(...checks.map(checkLine), ok ? 'All checks passed.' : `Found ${count(problems, 'problem')}.`)
}

function checkLine({ check, ok, found, todo }: Results['checked']['checks'][number]): string {
  const remedy = todo === undefined ? '' : ` → ${plain(todo)}`
  return `${ok ? 'ok     ' : 'PROBLEM'}  ${plain(check)}: ${plain(found)}${remedy}`
}
