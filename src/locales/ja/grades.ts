import type { GradeWords } from '../layouts/accuracy.ts'

export const grades: GradeWords = {
  title: '学習に使っていない画像への答え',
  names: { sure: '自信あり', unsure: '自信なし', unknown: 'わからない' },
  right: (share) => `うち正解 ${share}`,
  recognized: (share) => `ラベルは一つだけです。その新しい画像の ${share} を見分けられます。`,
}
