import type { Markup } from '../markup.ts'
import { rejectedFiles } from '../rejected.ts'
import { errors } from './errors.ts'
import { inJapanese } from './say.ts'

/** Adds the files that were not taken to an answer. */
export function withRejectedIn(m: Markup): ReturnType<typeof rejectedFiles> {
  const { more, number } = inJapanese(m)
  return rejectedFiles(
    {
      one: (name, why) => `${name} は処理できませんでした：${why}`,
      title: (files) => `処理できなかったファイル：${number(files)}件`,
      more,
    },
    errors(m),
    m,
  )
}
