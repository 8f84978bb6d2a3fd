import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { checkName, checkText } from './checks.ts'
import { inJapanese } from './say.ts'

/** Results that only the operator gets. */
export function operatorResults(m: Markup) {
  const { and, bytes, number, sheets } = inJapanese(m)
  const lost = (pictures: number): string =>
    `バケットで失われたか変更されたため、画像${sheets(pictures)}を読み込めません。そのままにしてあります。`

  return {
    encrypted: ({ changed, unreadable }) => ({
      headline:
        changed === 0
          ? `変更はありません。画像はすべて ${m.code('DATA_KEY')} のとおりに保存されています。`
          : `${sheets(changed)}を ${m.code('DATA_KEY')} の最初の鍵で暗号化しました。`,
      lines: said(unreadable > 0 && lost(unreadable)),
    }),
    picturesMoved: ({ to, changed, unreadable }) => ({
      headline: `画像${sheets(changed)}を${to === 'bucket' ? 'バケット' : 'データベース'}に移しました。`,
      lines: said(
        unreadable > 0 && lost(unreadable),
        to === 'database' &&
          `${m.code('PICTURES_URL')} を外し、動いているものを再起動してください。それまで新しい画像はバケットに入ります。`,
      ),
    }),
    picturesChecked: ({ checked, unreadable, named }) => ({
      headline:
        unreadable === 0
          ? `バケットの画像${sheets(checked)}を読み込みました。すべて問題ありません。`
          : `バケットの画像${sheets(checked)}のうち、${sheets(unreadable)}が失われたか変更されています。`,
      sections: sections({
        lines: named.map(({ example, dataset, server }) => [m.text(`#${example}`), m.text(dataset), m.text(server)]),
      }),
    }),
    backupCreated: ({ file, bytes: size, missing, inBucket }) => ({
      headline: `すべてを ${m.text(file)} に書き出しました（${bytes(size)}）。`,
      lines: said(
        missing.length > 0 && `ファイルがなくなったため含まれていないもの：${and(missing.map((id) => m.name(id)))}`,
        inBucket > 0 && `画像${sheets(inBucket)}はバケットにあり、このファイルには含まれていません。`,
        `${m.code('DATA_KEY')} を設定している場合は、それも保管してください。鍵がないと画像を読めません。`,
      ),
    }),
    backupRestored: ({ file, kept, forgotten }) => ({
      headline: `${m.text(file)} を復元しました。`,
      lines: said(
        kept !== null && `これまでのデータは14日間 ${m.text(kept)} に残ります。`,
        forgotten === null && 'これまでのデータを読めなかったため、バックアップ後に本人が削除した画像も戻っています。',
        forgotten !== null &&
          forgotten > 0 &&
          `バックアップ後に完全に削除された${sheets(forgotten)}は、削除されたままです。`,
      ),
    }),
    personFound: ({ person, examples, feedback, decisions, changes }) => ({
      headline: `${m.name(person)} について、すべてのサーバーに保存されているもの：画像${sheets(examples)}、フィードバック${number(feedback)}件、見直しの判断${number(decisions)}件、変更${number(changes)}件。`,
      lines: ['まだ何も削除していません。削除すると、バックアップを復元しても元に戻りません。'],
    }),
    personForgotten: ({ person, examples }) => ({
      headline: `${m.name(person)} についてのデータを、画像${sheets(examples)}を含めてすべてのサーバーから削除しました。`,
      lines: [
        'その画像で学習した可能性のあるバージョンは、次の学習で削除されます（動いているボットは自動で学習します）。学習できるだけの画像が残っていない場合は、すぐに削除されます。',
        'バックアップには残っています。しばらくしたら削除してください。',
      ],
    }),
    personExported: ({ examples, feedback, changes, files }) => ({
      headline: `画像${sheets(examples)}、フィードバック${number(feedback)}件、変更${number(changes)}件を ${and(files.map((file) => m.text(file)))} に書き出しました。`,
      lines: ['読めるのはあなただけです。必ず本人に渡してください。'],
    }),
    checked({ ok, checks }) {
      const problems = checks.filter((check) => !check.ok)
      return {
        headline: ok ? 'すべて問題ありません。' : `問題が${number(problems.length)}件見つかりました。`,
        sections: sections({
          lines: checks.map((c) => [
            c.ok ? '正常' : m.bold('問題'),
            m.text(checkName(c.check)),
            `${m.text(checkText(c.found))}${c.todo === undefined ? '' : ` → ${m.text(checkText(c.todo))}`}`,
          ]),
        }),
      }
    },
  } satisfies SomeResults
}
