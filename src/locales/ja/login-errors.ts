import type { ErrorWords } from '../error-words.ts'
import type { Markup } from '../markup.ts'

/** ページにログインする人に伝えること。 */
export const loginErrors = (m: Markup): ErrorWords => ({
  'login.cancelled': 'キャンセルされたため、ログインしていません。',
  'login.state': 'このブラウザーで始めたログインではないか、15分を過ぎています。もう一度お試しください。',
  'login.expired': 'このログインは使用済みか、時間がたちすぎています。もう一度お試しください。',
  'login.misconfigured': `Discordがこのページへのログインを受け付けません。運用者は ${m.code('doctor')} を試してください。`,
  'login.no-server':
    'Mekikiを使っているDiscordサーバーに参加していません。サーバーの管理者にボットの招待を頼み、もう一度ログインしてください。',
  'discord.starting': 'Discordに接続しているところです。一分ほどしてからもう一度お試しください。',
  'discord.unreachable': 'Discordに接続できず、どなたか確認できません。一分ほどしてからもう一度お試しください。',
})
