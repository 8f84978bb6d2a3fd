import type { Markup } from '../markup.ts'
import { rejectedFiles } from '../rejected.ts'
import { errors } from './errors.ts'
import { inEnglish } from './say.ts'

/** Adds the files that were not taken to an answer. */
export function withRejectedIn(m: Markup): ReturnType<typeof rejectedFiles> {
  const { count, more } = inEnglish(m)
  return rejectedFiles(
    { one: (name, why) => `${name} was skipped: ${why}`, title: (files) => `Skipped ${count(files, 'file')}`, more },
    errors(m),
    m,
  )
}
