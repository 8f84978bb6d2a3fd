import type { Words } from '../words.ts'

export const values: Words['values'] = {
  action: {
    list: '一覧',
    rename: '名前の変更',
    merge: '統合',
    copy: 'コピー',
    empty: '空にする',
    delete: '削除',
    restore: '復元',
    deleted: '削除したもの',
  },
  head: {
    auto: '交差検証で最もよいもの',
    means: '平均',
    svm: 'サポートベクター',
    linear: '線形',
    boosting: 'ブースティング',
    blend: 'いくつかの組み合わせ',
  },
  robust: { on: 'オン', off: 'オフ' },
  effort: { fast: '速く', balanced: 'ふつう', careful: '丁寧に' },
  caution: { low: '低い', normal: 'ふつう', high: '高い' },
  pictures: { drawings: 'イラスト', photographs: '写真', both: '両方' },
  answer: {
    sure: '自信があるときだけ',
    'sure and unsure': '自信があるときと、たぶんわかるとき',
    all: 'いつも',
  },
  retraining: {
    'at-once': '自動ですぐに',
    after: '新しい画像が何枚か増えたら自動で',
    schedule: '決まった時刻に',
    'by-hand': '手動で',
  },
  language: { auto: '一人ひとりの言語', en: 'English', ja: '日本語' },
  topic: {
    asking: '画像について聞く',
    adding: '画像を登録する',
    review: '見直し',
    training: '学習',
    server: 'このサーバー',
    privacy: 'ヘルプとプライバシー',
  },
}
