import { lines } from '../format.ts'
import type { ResultWords } from '../words.ts'
import { slash } from './commands.ts'

type Key = 'forgetAsk' | 'forgotten' | 'privacy' | 'myData'

export const privacyResults = (): ResultWords<Key> => ({
  forgetAsk: ({ examples, everywhere }) =>
    `あなたが登録した画像は${everywhere ? 'すべてのサーバーを合わせて' : 'ここに'}${examples}枚あります。画像、答えへのフィードバック、変更履歴に残る名前を削除しますか？ 元には戻せません。（一枚ずつ削除するには、${slash('forget')} に画像を付けてください。${everywhere ? '' : `すべてのサーバーのデータを削除するには、ダイレクトメッセージで ${slash('forget')} を送ってください。`}）`,
  forgotten: ({ examples, everywhere }) =>
    `${everywhere ? 'すべてのサーバーから' : ''}${examples}枚を削除しました。それらで学習したバージョンは次の学習で削除されます。学習できるだけの画像が残っていない場合は、すぐに削除されます。`,
  privacy: ({ learnFromPosts, graceDays, url }) =>
    lines(
      `**保存するもの：** ${slash('label')} で登録された画像（最大512ピクセルの縮小版、メタデータなし）、そのラベル、登録した人と日時。答えへのフィードバック。誰が何を変えたか。`,
      '**保存しないもの：** 判定だけを頼まれた画像、メッセージ、チャンネルの履歴。',
      learnFromPosts
        ? 'このサーバーの所有者の判断で、投稿された画像も登録できます。ほかの人の画像は、その人が同意した場合だけです。'
        : '投稿されただけの画像からは決して学習しません。',
      'ラベルは画像を表すもので、人を表すものではありません。データは動作しているコンピューターの外に出ません。',
      `${slash('export')} であなたについて保存されているものをすべて受け取れ、${slash('forget')} で削除できます。サーバーではそのサーバーのデータ、ダイレクトメッセージでは退出したサーバーも含めたすべてのデータが対象です。ボットがサーバーから外されると、データは${graceDays}日後に消えます。`,
      url ?? '',
    ),
  myData: ({ examples, feedback, changes, everywhere }) =>
    examples + feedback + changes === 0
      ? `${everywhere ? '' : 'ここには'}あなたについて保存されているものはありません。`
      : `${everywhere ? 'すべてのサーバーで' : ''}あなたについて保存されているもののすべてです：画像${examples}枚、フィードバック${feedback}件、変更${changes}件。`,
})
