import type { Markup } from '../markup.ts'
import type { AnsweringWords, Learned, SomeResults } from '../words.ts'
import { inJapanese } from './say.ts'

export function answeringResults(m: Markup) {
  return {
    pictureGone: ({ label }) => ({
      headline: 'その画像はもう手元にありません。',
      lines: [`聞かれただけの画像は保存していません。もう一度送っていただければ、${m.name(label)} に登録します。`],
    }),
    ignoring: ({ ignoring }) =>
      ignoring
        ? {
            headline: 'これからは、あなたの投稿に答えません。',
            lines: [
              '見守るチャンネルでも、あなたの画像を読み込んだり答えたりしません。直接聞いていただければお答えします。',
            ],
          }
        : { headline: '見守るチャンネルで、あなたの投稿にまた答えます。' },
  } satisfies SomeResults
}

export function answering(m: Markup): AnsweringWords {
  const { command, duration } = inJapanese(m)
  return {
    waiting: ({ seconds, pictures, adds }) =>
      `受け取りました。${pictures}枚を約${duration(seconds)}後に${adds ? '登録します' : '確認します'}。`,
    notPictures: {
      sticker: 'これはスタンプで、読み取れる画像ファイルがありません。画像そのものを送ってください。',
      poll: '投票には画像がありません。',
      voice: 'これはボイスメッセージです。見られるのは画像だけです。',
      video: 'これは動画です。読めるのはJPEG・PNG・WebP・GIF・AVIFだけです。スクリーンショットを送ってください。',
      sound: 'これは音声です。見られるのは画像だけです。',
      file: 'このファイルには画像が見つかりません。読めるのはJPEG・PNG・WebP・GIF・AVIFだけです。',
      link: 'Discordがこのリンクの画像を表示していません。リンク先は開けないので、画像をアップロードしてください。',
      role: `ロールへのメンションなので、メッセージの内容が見えません。ボットの名前にメンションするか、${command('predict')} を使ってください。`,
    },
    onlyAsker: 'この回答を削除できるのは、質問した人とメッセージを管理できる人だけです。',
    hidden: (pictures) => `年齢制限のあるチャンネルで登録された${pictures}枚は、ここには表示しません。`,
    unreadable: (pictures) =>
      `画像${pictures}枚を今は読み込めません。続く場合は、運用者が ${m.code('mekiki doctor')} を実行してください。`,
  }
}

/** What the training that followed an addition came to. */
export function describeLearned(m: Markup, { accuracy, isActive }: Learned): string {
  const { percent } = inJapanese(m)
  const right = accuracy === null ? '' : `初めて見る画像での正解率は ${percent(accuracy)} です。`
  return isActive ? `学習しました。${right}` : `学習しましたが、前のバージョンを使い続けます。${right}`
}
