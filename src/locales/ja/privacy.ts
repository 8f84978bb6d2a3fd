import type { Answer } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { inJapanese } from './say.ts'

export function privacyResults(m: Markup) {
  const { and, command, number, sheets } = inJapanese(m)

  return {
    forgetAsk: ({ examples, everywhere }) => ({
      headline: `${everywhere ? 'すべてのサーバーで' : 'ここで'}登録した画像${sheets(examples)}、フィードバック、変更履歴に残る名前を削除しますか？`,
      lines: said(
        '元には戻せません。',
        `一枚ずつ削除するには、${command('forget')} に画像を付けてください。`,
        !everywhere &&
          `すべてのサーバーのデータを削除するには、ダイレクトメッセージで ${command('forget')} を送ってください。`,
      ),
    }),
    forgotten: ({ examples, everywhere }) => ({
      headline: `${everywhere ? 'すべてのサーバーから' : ''}${sheets(examples)}を削除しました。`,
      lines: [
        'それらで学習したバージョンは、次の学習で削除されます。学習できるだけの画像が残っていない場合は、すぐに削除されます。',
      ],
    }),
    privacy: ({ learnFromPosts, graceDays, urlJa }) => ({
      headline: '保存するのは渡されたものだけです。データは動作しているコンピューターの外に出ません。',
      lines: said('ラベルは画像を表すもので、人を表すものではありません。', `全文：${urlJa}`),
      sections: sections(
        {
          title: '保存するもの',
          lines: [
            `${command('label')} で登録された画像（最大512ピクセルの縮小版、メタデータなし）`,
            'そのラベル、登録した人と日時',
            '答えへのフィードバック、誰が何を変えたか',
          ],
        },
        {
          title: '保存しないもの',
          lines: [
            '判定だけを頼まれた画像、メッセージ、チャンネルの履歴',
            learnFromPosts
              ? 'このサーバーの所有者の判断で、投稿された画像も登録できます。ほかの人の画像は、その人が同意した場合だけです。'
              : '投稿されただけの画像からは決して学習しません。',
          ],
        },
        {
          title: 'あなたのデータ',
          lines: [
            `${command('export')} で保存されているものをすべて受け取れ、${command('forget')} で削除できます。`,
            'サーバーではそのサーバーのデータ、ダイレクトメッセージでは退出したサーバーも含めたすべてのデータが対象です。',
            `ボットがサーバーから外されると、データは${number(graceDays)}日後に消えます。`,
          ],
        },
      ),
    }),
    myData({ examples, feedback, changes, ignored = 0, everywhere }): Answer {
      const found = said(
        examples > 0 && `画像${sheets(examples)}`,
        feedback > 0 && `フィードバック${number(feedback)}件`,
        changes > 0 && `変更${number(changes)}件`,
        ignored > 0 && `投稿に答えない設定（${number(ignored)}サーバー）`,
      ).map(String)
      if (found.length === 0)
        return { headline: `${everywhere ? '' : 'ここには'}あなたについて保存されているものはありません。` }
      return {
        headline: `${everywhere ? 'すべてのサーバーで' : 'ここに'}あなたについて保存されているもののすべてです：${and(found)}。`,
      }
    },
  } satisfies SomeResults
}
