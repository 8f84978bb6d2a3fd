import { bar } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ChatWords } from '../words.ts'
import { slash } from './commands.ts'

export const chat = (m: Markup): ChatWords => ({
  whatIsThis: 'これは何？',
  labelThis: 'この画像を登録',
  picture: '画像（JPEG・PNG・WebP・GIF・AVIF）',
  welcome: [
    '**みなさんの画像の見分け方を覚えます。**',
    `1. ${slash('label')} で、二つ以上のラベルに画像を数枚ずつ登録してください。自動で学習します。`,
    `2. ${slash('predict')} か、メッセージのメニューの「これは何？」で、新しい画像について聞いてください。`,
    `3. ${slash('settings')} で、誰が登録できるか、どのチャンネルを見守るかを決められます。保存するものは ${slash('privacy')} でわかります。`,
  ].join('\n'),
  watchHere: 'このチャンネルを見守る',
  noContent: `「Message Content」インテントがないため、ほかの人の投稿は見えません。メンション、${slash('predict')}、メッセージのメニューの「これは何？」を使ってください。運用者はDeveloper Portalで許可できます。`,
  cannotAnswerIn: (channel) =>
    `${m.channel(channel)} で質問がありましたが、そこでは答えられません。チャンネルの閲覧、メッセージの送信、履歴の閲覧の権限が必要です。`,
  consent: (by, poster, label) =>
    `${m.person(poster)} さん、${m.person(by)} さんがあなたの画像を **${m.text(label)}** に登録したいそうです。縮小した画像を保存してもよいですか？`,
  details: '詳細',
  yes: 'はい',
  no: 'いいえ',
  consented: (label) => `ありがとうございます。**${m.text(label)}** に登録しました。`,
  consentedInVain: (why) => `ありがとうございます。ただし、何も登録されませんでした。${why}`,
  teacherLeft: (by) => `${m.person(by)} さんには、登録担当の権限がなくなりました。`,
  declined: 'わかりました。何も保存していません。',
  labelFormTitle: '画像を登録する',
  labelFormLabel: 'ラベル',
  labelFormPictures: '画像',
  datasetFormLabel: '新しい名前',
  typeFormTitle: '正しくは何ですか？',
  progress: ({ done, total, of }) => {
    if (of === 'percent') return `学習しています … ${bar(done / 100)} ${done} %`
    if (of === 'mebibytes') return `ダウンロードしています … ${total ? `${total} MBのうち` : ''}${done} MB`
    return `画像を見ています … ${total ? `${total}枚のうち` : ''}${done}枚`
  },
  internalError: 'こちらの不具合で失敗しました。運用者のために記録しました。',
  mentionHelp: `画像を送ってください。何の画像かお答えします。ほかにできることは ${slash('help')} をご覧ください。`,
  directHelp: '画像を送ってください。何の画像かお答えします。',
})
