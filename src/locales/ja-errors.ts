import type { Words } from './words.ts'

export const start =
  '`/label` で二つ以上のラベルに画像を数枚ずつ登録してください。しばらくすると自動で学習します。すぐに学習するには `/train` です。'

const ROLES: Record<string, string> = {
  teacher: '教える人',
  trainer: '学習を実行する人',
  reviewer: '見直す人',
  manager: '管理者',
  operator: 'ボットの運営者',
  owner: 'サーバーの所有者',
}

export const errors: Words['errors'] = {
  'access.denied': ({ access }) =>
    `この操作ができるのは${ROLES[String(access)] ?? access}だけです。管理者が \`/settings\` で変えられます。`,
  'busy.full': 'ただいま混み合っています。一分ほどしてからもう一度お試しください。',
  'busy.stopping': '再起動中です。一分ほどしてからもう一度お試しください。',
  'busy.cooldown': ({ seconds }) => `一度に多すぎます。${seconds}秒お待ちください。`,
  'busy.crashed': 'この画像の処理に二度失敗しました。別の画像でお試しください。',
  'choice.expired': 'このボタンは古くなりました。もう一度やり直してください。',
  'database.damaged': 'データベースが壊れています。運用者がバックアップから復元する必要があります。',
  'data.damaged': '保存された画像が外部から変更されています。運用者がデータベースを確かめる必要があります。',
  'data.key-missing': '保存された画像の鍵がありません。運用者が DATA_KEY を設定する必要があります。',
  'dataset.control-character': 'データセットの名前に制御文字や改行は使えません。',
  'dataset.empty': 'データセットには名前が必要です。',
  'dataset.not-found': 'そのデータセットはここにはありません。',
  'dataset.too-long': 'データセットの名前は100文字までです。',
  'direct.no-server': 'どのサーバーのラベルかわかりません。先にサーバーで使ってください。',
  'disk.full': 'ディスクがいっぱいです。失われたものはありません。運用者が空きを作る必要があります。',
  'download.expired': 'この画像のリンクは期限切れです。もう一度投稿してください。',
  'download.failed': 'この画像をダウンロードできませんでした。もう一度お試しください。',
  'download.host': 'Discordにアップロードされた画像だけを受け付けます。',
  'download.timeout': '画像のダウンロードに時間がかかりすぎました。もう一度お試しください。',
  'example.not-filed': 'この画像は（あなたによって、またはそのラベルに）登録されていません。',
  'picture.no-features': 'この画像からは特徴を取り出せませんでした。',
  'why.gone': 'その画像は保存していないため、もう覚えていません。もう一度尋ねてください。',
  'judge.expired': 'その答えは古すぎるか、別のデータセットのものです。',
  'label.control-character': 'ラベルに制御文字や改行は使えません。',
  'label.empty': 'ラベルは一文字以上必要です。',
  'label.exists': 'そのラベルはすでにあります。`/labels merge` で統合できます。',
  'label.not-found': 'そのラベルはここにはありません。',
  'label.same': 'どちらも同じラベルです。',
  'label.too-long': 'ラベルは100文字までです。',
  'labels.argument-missing':
    '足りないものがあります。`rename` と `merge` にはラベルと行き先、`delete` にはラベルが必要です。',
  'picture.damaged': 'この画像は壊れていて読み取れません。',
  'picture.empty': 'このファイルは空です。',
  'picture.missing': 'ここには画像がありません。',
  'picture.not-a-picture': 'JPEG・PNG・WebP・GIF・AVIFの画像ではありません。',
  'picture.too-heavy':
    'この画像は読み取りに多くのメモリが必要です。小さくするか、プログレッシブでない形式で保存してください。',
  'picture.too-large': 'ファイルが大きすぎます。32 MiBまでです。',
  'picture.too-many-frames': 'コマ数が1,000を超えています。',
  'picture.too-many-pixels': '画像が大きすぎます。5,000万画素までです。',
  'picture.unsupported': 'HEICには対応していません。JPEGで保存してください。',
  'option.invalid': '操作の内容を読み取れませんでした。もう一度お試しください。',
  'posts.not-yours': '投稿した本人だけが答えられます。',
  'posts.off':
    'ここでは投稿された画像からは学習しません。自分の画像は `/label` で登録してください。所有者は `/settings` で変えられます。',
  'predict.not-trained': `まだ何も教わっていません。${start}`,
  'settings.schedule': '予定の書き方が正しくありません。cronは五つの項目です（例 `0 4 * * *`：毎日4時）。',
  'report.not-writable': 'ページを書き込めませんでした。',
  'review.gone': 'その画像はもうありません。',
  'review.not-found': 'その番号または名前の画像はありません。番号は `/suspects` で見られます。',
  'review.nothing-to-undo': '取り消せる判断はありません。',
  'train.memory': ({ left }) =>
    `これだけの画像から学ぶにはメモリが足りません(空き ${left} MiB)。運営者に知らせてください。これまでの学習結果はそのまま使われます。`,
  'train.too-few-labels': '見分けるには、画像のあるラベルが二つ以上必要です。`/label` で登録してください。',
  'version.not-found': '戻せるバージョンがありません。',
  'version.newer': '使用中のバージョンは新しいMekikiで作られています。運用者が更新する必要があります。',
  'version.older': '使用中のバージョンは古いMekikiのものです。もう一度 `/train` してください。',
  'version.unreadable': '使用中のバージョンが壊れています。もう一度 `/train` してください。',
  'backbone.unusable': '画像を見るネットワークが動いていません。運用者は `doctor` を試してください。',
}
