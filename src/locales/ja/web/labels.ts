import type { WebWords } from '../../web-words.ts'
import { say } from './say.ts'

export const labels: WebWords['labels'] = {
  title: 'ラベル',
  text: (labels, pictures) => `ラベル ${say.number(labels)} 個、画像 ${say.number(pictures)} 枚`,
  search: 'ラベルを検索',
  order: '並べ方',
  orders: { name: '名前順', most: '画像の多い順', fewest: '画像の少ない順' },
  pictures: (n) => `画像 ${say.number(n)} 枚`,
  few: '画像が少なめ',
  rename: '名前を変える',
  renameTitle: (label) => `「${label}」の名前を変える`,
  newName: '新しい名前',
  merge: '別のラベルに統合',
  mergeTitle: (label) => `「${label}」の画像をどのラベルに移しますか？`,
  delete: '削除',
  empty: 'ラベルはまだありません',
  emptyText: '最初の画像を登録するとラベルができます。',
  add: '画像を登録',
  noneFound: 'この名前を含むラベルはありません。',
  deleted: '削除したラベル',
  deletedText: '7日間は元に戻せます。',
  bringBack: '元に戻す',
  mergedInto: (label) => `「${label}」に統合`,
  alike: '似た名前があります。すべて必要か確認してください:',
  actions: (label) => `「${label}」の操作`,
}
