import type { WebWords } from '../../web-words.ts'

export const trying: WebWords['try'] = {
  title: 'この画像は何ですか？',
  intro: '質問しただけでは何も保存されません。',
}
