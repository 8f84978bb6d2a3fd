import type { WebWords } from '../../web-words.ts'

export const login: WebWords['login'] = {
  title: 'ログイン',
  lead: 'Discord サーバーで Mekiki が覚えたものを見たり、教えたりできます。',
  button: 'Discord でログイン',
  about:
    'あなたの名前と参加しているサーバーが Discord から Mekiki に伝えられます。Mekiki は、名前と、そのうち Mekiki を使っているサーバーだけを1週間保存します。アカウントを操作することはできません。',
}
