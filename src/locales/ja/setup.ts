import type { Results } from '../../commands/results.ts'
import type { Answer } from '../answer.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { inJapanese } from './say.ts'

type Setup = Results['setup']

const FIRST_QUESTION = '1/3　どの言語で答えますか？'

export function setupResults(m: Markup): ResultWords<'setup'> {
  const { command } = inJapanese(m)
  const noPosts = `「Message Content」インテントがないため、ほかの人の投稿はまだ見えません。運用者が許可するまでは、メンションか ${command('predict')} を使ってください。`

  return {
    setup: (setup) => {
      switch (setup.step) {
        case 'language':
          return setup.welcome ? welcome() : { headline: FIRST_QUESTION }
        case 'teachers':
          return {
            headline: '2/3　誰が画像を登録できますか？',
            lines: ['メッセージの管理権限がある人は、いつでも登録できます。ほかに登録できる人を選んでください。'],
          }
        case 'channel':
          return {
            headline: '3/3　見守るチャンネルはありますか？',
            lines: ['そこに投稿された画像がわかれば、お答えします。', !setup.seesPosts && noPosts],
          }
        case 'done':
          return done(setup)
      }
    },
  }

  function welcome(): Answer {
    return {
      headline: 'はじめまして。みなさんの画像の見分け方を覚えます。',
      lines: [
        `ラベルごとに画像を数枚見せてください。新しい画像がどのラベルか、お答えします。保存するものは ${command('privacy')} でわかります。`,
        `${m.bold(FIRST_QUESTION)}（選べるのはサーバーの管理者だけです）`,
      ],
    }
  }

  function done({ teacher, watched, seesPosts }: Setup): Answer {
    const channels = watched.map(m.channel).join(' ')
    return {
      headline: '設定が終わりました。',
      lines: [
        `画像を登録できるのは、${teachers(teacher)}です。${channels ? `${channels} の画像に答えます。` : '見守るチャンネルはありません。'}`,
        watched.length > 0 && !seesPosts && noPosts,
        `二つ以上のラベルに画像を数枚ずつ登録してください。自動で学習します。設定はあとから ${command('settings')} で変えられます。`,
      ],
    }
  }

  function teachers(teacher: Setup['teacher']): string {
    if (teacher === null) return 'メッセージの管理権限がある人'
    return teacher === 'everybody' ? '全員' : ` ${m.role(teacher)} と、メッセージの管理権限がある人`
  }
}
