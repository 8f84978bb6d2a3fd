import type { Result } from '../../commands/define.ts'
import type { Answer } from '../../locales/answer.ts'
import type { Words } from '../../locales/words.ts'
import { layOut } from './answer.ts'

/** A result as lines for people. */
export function render({ key, values }: Pick<Result, 'key' | 'values'>, words: Words): string {
  // A result's key and its values belong together; the type of an indexed union cannot say so.
  const say = words.results[key] as (values: Result['values']) => Answer | string
  return layOut(say(values))
}
