import { layOutSetup } from '../layouts/setup.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { inJapanese } from './say.ts'

export function setupResults(m: Markup): ResultWords<'setup'> {
  const { command } = inJapanese(m)

  return layOutSetup(m, {
    language: '1/3　どの言語で答えますか？',
    welcome: {
      headline: 'はじめまして。みなさんの画像の見分け方を覚えます。',
      intro: `ラベルごとに画像を数枚見せてください。新しい画像がどのラベルか、お答えします。保存するものは ${command('privacy')} でわかります。`,
      onlyManagers: '（選べるのはサーバーの管理者だけです）',
    },
    teachers: {
      headline: '2/3　誰が画像を登録できますか？',
      others: 'メッセージの管理権限がある人は、いつでも登録できます。ほかに登録できる人を選んでください。',
    },
    channel: {
      headline: '3/3　見守るチャンネルはありますか？',
      answers: 'そこに投稿された画像がわかれば、お答えします。',
    },
    done: {
      headline: '設定が終わりました。',
      chosen(teacher, channels) {
        const others =
          teacher === 'everybody'
            ? '全員'
            : teacher === null
              ? 'メッセージの管理権限がある人'
              : ` ${m.role(teacher)} と、メッセージの管理権限がある人`
        return `画像を登録できるのは、${others}です。${channels ? `${channels} の画像に答えます。` : '見守るチャンネルはありません。'}`
      },
      next: `二つ以上のラベルに画像を数枚ずつ登録してください。自動で学習します。設定はあとから ${command('settings')} で変えられます。`,
    },
    noPosts: `「Message Content」インテントがないため、ほかの人の投稿はまだ見えません。運用者が許可するまでは、メンションか ${command('predict')} を使ってください。`,
  })
}
