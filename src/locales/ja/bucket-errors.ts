import type { Words } from '../words.ts'

const TRY_LATER = '今は画像を保存できないため、何も登録していません。しばらくしてからもう一度お試しください。'
const ASK_OPERATOR = '今は画像を保存できないため、何も登録していません。運用者が doctor を実行する必要があります。'

/** Of pictures in a bucket. */
export const bucketErrors: Words['errors'] = {
  'bucket.clock': ASK_OPERATOR,
  'bucket.credentials': ASK_OPERATOR,
  'bucket.denied': ASK_OPERATOR,
  'bucket.full': '画像の保存先がいっぱいです。失われたものはありません。運用者が空きを作る必要があります。',
  'bucket.not-found': ASK_OPERATOR,
  'bucket.not-set': ASK_OPERATOR,
  'bucket.refused': ASK_OPERATOR,
  'bucket.region': ASK_OPERATOR,
  'bucket.unreachable': TRY_LATER,
  'picture.gone': 'この画像は保存先から失われました。運用者が doctor を実行する必要があります。',
}

/** The same for the operator. */
export const bucketTerminalErrors: Words['errors'] = {
  'bucket.clock': 'バケットとこのマシンの時刻が合っていません。時計を合わせてください。',
  'bucket.credentials': 'S3_ACCESS_KEY_ID と S3_SECRET_ACCESS_KEY がバケットに認められません。',
  'bucket.denied': 'バケットへのアクセスが拒否されました。オブジェクトの取得・保存・削除・一覧の権限が必要です。',
  'bucket.full': 'バケットがいっぱいです。失われたものはありません。',
  'bucket.no-credentials': 'バケットの鍵がありません。S3_ACCESS_KEY_ID と S3_SECRET_ACCESS_KEY を設定してください。',
  'bucket.no-key': '画像は暗号化しないとバケットに置けません。DATA_KEY を設定してください。',
  'bucket.not-found': 'その名前のバケットがありません。作成するか、PICTURES_URL を直してください。',
  'bucket.not-set': 'このデータベースの画像はバケットにあります。PICTURES_URL を設定してください。',
  'bucket.refused': 'PICTURES_URL の先が S3 として応答しません。',
  'bucket.region': 'バケットは別のリージョンにあります。PICTURES_URL で指定してください。',
  'bucket.unreachable': 'バケットが応答しません。失われたものはありません。しばらくしてからもう一度お試しください。',
  'picture.gone': '画像がバケットから失われました。',
}
