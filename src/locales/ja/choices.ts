import type { Words } from '../words.ts'

export const choices: Words['choices'] = {
  undo: '取り消す',
  right: '正解',
  wrong: '不正解',
  why: 'なぜ？',
  whichLabel: '正しくは…',
  typeLabel: 'ほかのもの…',
  train: '今すぐ学習する',
  rollBack: '別のバージョンに切り替える…',
  older: '以前の履歴',
  putBack: '元に戻す',
  forgetAll: '自分のデータをすべて削除する',
  keep: 'そのまま',
  moveTo: '移す：',
  moveToOther: '別のラベルに移す…',
  exclude: '除外',
  skip: 'あとで',
  review: '見直す',
  activate: 'それでも切り替える',
  withdraw: 'その人の画像を取り下げる',
  useBoth: '追加する',
}

export const charts: Words['charts'] = {
  examples: 'ラベルごとの枚数',
  confusion: '行：正しいラベル・列：判定したラベル',
  accuracy: 'バージョンごとの精度',
  learning: 'ラベルごとの枚数と精度',
}
