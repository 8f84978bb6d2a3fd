import type { ErrorWords } from '../error-words.ts'

export const webErrors: ErrorWords = {
  'web.host': 'このアドレスはMekikiのものではありません。端末に表示されたリンクを使ってください。',
  'web.origin': '別のページから送られたため、受け付けませんでした。',
  'web.no-access': 'ブラウザーからだけ行えます。',
  'web.not-logged-in': 'ログインしていないか、前回のログインから1週間以上たっています。',
  'web.token': 'このリンクはもう使えません。端末でEnterを押すと新しいリンクが表示されます。',
  'web.too-large': ({ mebibytes }) => `大きすぎます。一度に送れるのは${mebibytes} MiBまでです。`,
  'web.too-slow': 'ファイルが途中で届かなくなったか、受信が遅すぎました。もう一度お試しください。',
  'web.aborted': '途中までしか届きませんでした。',
  'web.too-many': '同時に開いている数が多すぎます。いくつか閉じてください。',
  'web.nothing': '何もないか、表示が許可されていません。',
  'web.method': 'この方法では受け付けられません。',
  'web.json': 'リクエストを読み取れません。JSONのオブジェクトを送ってください。',
  'web.port': ({ port }) => `ポート ${port} は使われているか、使用できません。--port で別の番号を指定してください。`,
  'web.usage': '`web` にそのオプションはありません。`web --help` をご覧ください。',
}
