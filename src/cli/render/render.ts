import type { Result } from '../../commands/define.ts'
import { type Answer, withLine } from '../../locales/answer.ts'
import type { Words } from '../../locales/words.ts'
import { layOut } from './answer.ts'

/** A result as lines for people. */
export function render(result: Pick<Result, 'key' | 'values' | 'unreadable'>, words: Words): string {
  const { key, values, unreadable = 0 } = result
  // A result's key and its values belong together; the type of an indexed union cannot say so.
  const say = words.results[key] as (values: Result['values']) => Answer | string
  const answer = say(values)
  return layOut(unreadable > 0 ? withLine(answer, words.unreadable(unreadable)) : answer)
}
