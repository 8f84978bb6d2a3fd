import type { Answer } from '../answer.ts'
import { said } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { inJapanese } from './say.ts'

export function serverResults(m: Markup) {
  const { command, sheets } = inJapanese(m)

  return {
    withdrawn({ teacher, examples, version, active }): Answer {
      if (examples === 0) return { headline: `${m.person(teacher)} さんが登録した画像はありません。` }
      const isStillActive = active !== null && active !== version
      return {
        headline: `${m.person(teacher)} さんが登録した${sheets(examples)}を取り下げました。`,
        lines: said(
          version === null
            ? '学習に必要な画像が残っていません。'
            : `残りの画像からバージョン${version}を学習しました。`,
          isStillActive && `使用中のバージョン${active}は、これらの画像を学習している可能性があります。`,
          isStillActive && version !== null && `バージョン${version}に切り替えるには：${command('rollback', version)}`,
        ),
        next: [`元に戻すには：${command('withdraw', teacher, '--restore')}`],
      }
    },
    restored: ({ teacher, examples }) => ({
      headline:
        examples === 0
          ? `${m.person(teacher)} さんの画像で、取り下げられているものはありません。`
          : `${m.person(teacher)} さんが登録した${sheets(examples)}を元に戻しました。`,
    }),
  } satisfies SomeResults
}
