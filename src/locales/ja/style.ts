/** How numbers are written in Japanese. */
export const JAPANESE = {
  language: 'ja',
  percent: (digits: string) => `${digits}％`,
  unit: { s: (n: string) => `${n}秒`, min: (n: string) => `${n}分`, h: (n: string) => `${n}時間` },
  between: '',
}
