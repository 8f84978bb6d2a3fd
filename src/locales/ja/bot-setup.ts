import { said } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { inJapanese } from './say.ts'

/** What the set-up in the terminal says. */
export function botSetupResults(m: Markup) {
  const { and, command } = inJapanese(m)
  return {
    tokenRefused: ({ triesLeft }) => ({
      headline: 'このトークンはDiscordに登録されていません。',
      lines: said(
        triesLeft > 0 &&
          'Developer Portalでアプリケーションを開き、「Bot」の「Reset Token」を押すと、新しいトークンが一度だけ表示されます（「Client Secret」や「Public Key」ではありません）。',
      ),
    }),
    tokenAccepted: ({ name, seesContent, isPublic }) => ({
      headline: `${m.name(name)} を確認しました。`,
      lines: said(
        seesContent
          ? 'Message Contentはオンです。見守るチャンネルの画像に答えられます。'
          : 'Message Contentはオフです。見守るチャンネルの画像には答えませんが、ほかの機能は使えます。オンにするには、Developer Portalの「Bot」で「Message Content Intent」を有効にしてください。',
        'Server MembersとPresenceは不要です。',
        !isPublic && 'Public Botがオフのため、サーバーに追加できるのはあなただけです。',
      ),
    }),
    botSetUp: ({ file, written, invitation, needsEncrypt }) => ({
      headline:
        written.length > 0
          ? `${and(written.map((name) => m.code(name)))} を ${m.text(file, Infinity)} に書き込みました。`
          : `${m.text(file, Infinity)} は変更していません。`,
      lines: said(
        written.includes('DATA_KEY') &&
          'DATA_KEYの控えを、パスワードと同じように保管してください。なくすと画像を読めなくなり、バックアップからも戻せません。',
        needsEncrypt && `すでに保存されている画像を暗号化するには：${command('encrypt')}`,
        `ボットを招待するには：${invitation}`,
      ),
      next: [`起動するには：${command('serve')}`, `うまくいかないときは：${command('doctor')}`],
    }),
    serviceWritten: ({ file, commands }) => ({
      headline: `${m.text(file, Infinity)} を書き込みました。今すぐ、またマシンの起動時に自動で始めるには：`,
      lines: commands.map((line) => `  ${line}`),
    }),
  } satisfies SomeResults
}
