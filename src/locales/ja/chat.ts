import type { Markup } from '../markup.ts'
import type { ChatWords } from '../words.ts'
import { inJapanese } from './say.ts'

const MIB = 2 ** 20

export function chat(m: Markup): ChatWords {
  const { bytes, command, percent, sheets } = inJapanese(m)
  return {
    whatIsThis: 'これは何？',
    labelThis: 'この画像を登録',
    picture: '画像（JPEG・PNG・WebP・GIF・AVIF）',
    noContent: `「Message Content」インテントがないため、ほかの人の投稿は見えません。メンション、${command('predict')}、メッセージのメニューの「これは何？」を使ってください。運用者はDeveloper Portalで許可できます。`,
    cannotAnswerIn: (channel) =>
      `${m.channel(channel)} で質問がありましたが、そこでは答えられません。チャンネルの閲覧、メッセージの送信、履歴の閲覧の権限が必要です。`,
    consent: (by, poster, label) =>
      `${m.person(poster)} さん、${m.person(by)} さんがあなたの画像を ${m.name(label)} に登録したいそうです。縮小した画像を保存してもよいですか？`,
    details: '詳細',
    openPage: 'ページで開く',
    yes: 'はい',
    no: 'いいえ',
    consented: (label) => `ありがとうございます。${m.name(label)} に登録しました。`,
    consentedInVain: (why) => `ありがとうございます。ただし、何も登録されませんでした。${why}`,
    teacherLeft: (by) => `${m.person(by)} さんには、登録担当の権限がなくなりました。`,
    declined: 'わかりました。何も保存していません。',
    labelFormTitle: '画像を登録する',
    labelFormLabel: 'ラベル',
    labelFormPictures: '画像',
    datasetFormLabel: '新しい名前',
    typeFormTitle: '正しくは何ですか？',
    progress({ done, total, of }) {
      if (of === 'percent') return `学習しています … ${m.bar(done / 100)} ${percent(done / 100)}`
      if (of === 'mebibytes')
        return `ダウンロードしています … ${total ? `${bytes(total * MIB)}中 ` : ''}${bytes(done * MIB)}`
      return `画像を見ています … ${total ? `${sheets(total)}中` : ''}${sheets(done)}`
    },
    internalError: 'こちらの不具合で失敗しました。運用者のために記録しました。',
    mentionHelp: `画像を送ってください。何の画像かお答えします。ほかにできることは ${command('help')} をご覧ください。`,
    directHelp: '画像を送ってください。何の画像かお答えします。',
  }
}
