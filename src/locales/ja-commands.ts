import type { Words } from './words.ts'

export const commands: Words['commands'] = {
  label: {
    name: 'ラベル',
    summary: '画像をラベルに登録して教える',
    options: { label: '何の画像か', pictures: '画像（JPEG・PNG・WebP・GIF・AVIF）' },
  },
  unlabel: {
    name: 'ラベル解除',
    summary: '画像をラベルから外す',
    options: { label: '登録されているラベル', pictures: '外す画像' },
  },
  relabel: {
    name: 'ラベル変更',
    summary: '登録済みの画像を別のラベルに移す',
    options: { label: '正しいラベル', examples: '番号（12 や 12-20）', pictures: '移す画像' },
  },
  labels: {
    name: 'ラベル一覧',
    summary: 'ラベルと枚数を見る。名前の変更・統合・削除もできる',
    options: { action: '何をするか', label: '対象のラベル', to: '新しい名前、または統合先のラベル' },
  },
  train: {
    name: '学習',
    summary: '登録されたすべての画像から学習し、精度を測って使い始める',
    options: {
      head: '学習方法',
      budget: '学習方法ひとつの比較にかけてよい秒数（おおよそ）',
      effort: '画像をどれだけ丁寧に見るか（見る回数：1・2・7）',
      robust: 'on：ラベルと明らかに合わない画像を使わない／off：すべて使う',
    },
  },
  predict: {
    name: '判定',
    summary: '画像がどのラベルか答える。知らないものは「わからない」と答え、画像は保存しない',
    options: { pictures: '判定する画像', why: '似ている登録画像と、次に近いラベルも見せる' },
  },
  stats: { name: '統計', summary: '精度、ラベルごとの枚数、間違えやすい組、バージョン、保存量を見る', options: {} },
  versions: { name: 'バージョン', summary: '学習の履歴と精度を見る。別のバージョンに戻すこともできる', options: {} },
  rollback: {
    name: '戻す',
    summary: '別のバージョンをすぐに使う',
    options: { version: 'バージョンの番号。省略すると一つ前' },
  },
  settings: {
    name: '設定',
    summary: '見守るチャンネル、データセット、役割、確信度、再学習、言語、投稿からの学習を見る・変える',
    options: {
      watch: 'このチャンネルに投稿された画像に答える',
      unwatch: 'このチャンネルに投稿された画像に答えるのをやめる',
      dataset: '`for` のチャンネルで使うデータセット。なければ作る',
      for: 'データセットを使うチャンネル。省略するとここ',
      teacher: '画像を登録できるロール',
      trainer: '学習を実行できるロール',
      reviewer: '見直しができるロール',
      manager: '設定を変えられるロール',
      noRoles: 'すべてのロールの割り当てを外す',
      confidence: '投稿に答える確信度（％）。0ならいつも答える',
      retraining: '自動で学習する時機',
      every: '`after` のとき：新しい画像の枚数',
      schedule: '`schedule` のとき：cron（例 0 4 * * *）',
      agreement: '移す・除外に必要な人数（1か2）',
      language: '答えの言語。autoなら一人ひとりの言語',
      learnFromPosts: '投稿された画像を登録してよいか（サーバー所有者のみ。先に docs/posts.md を読むこと）',
    },
  },
  suspects: {
    name: '疑わしい画像',
    summary: '間違って登録されていそうな画像を、疑わしい順に理由とともに見る',
    options: { all: 'すべての画像を点数つきで' },
  },
  review: {
    name: '見直し',
    summary: '疑わしい画像を一枚ずつ見て、そのまま・移す・除外を決める',
    options: { undo: '自分の最後の判断を取り消す' },
  },
  keep: {
    name: '確認',
    summary: '正しく登録されていると認める。もう疑わない',
    options: { examples: '番号（12 や 12-20）' },
  },
  exclude: { name: '除外', summary: '画像を学習から外す。削除はしない', options: { examples: '番号（12 や 12-20）' } },
  restore: { name: '復帰', summary: '除外した画像を学習に戻す', options: { examples: '番号（12 や 12-20）' } },
  report: {
    name: '診断',
    summary: '登録された画像の健康診断を一枚のページにする',
    options: { file: 'ファイル名' },
  },
  audit: {
    name: '記録',
    summary: 'いつ誰が何を変えたか',
    options: { person: 'この人が変えたものだけ', before: 'この番号より前のものだけ' },
  },
  withdraw: {
    name: '取り下げ',
    summary: 'ある人が登録したものをすべて学習から外す。元に戻せる',
    options: { teacher: '登録した人', restore: '外さずに元に戻す' },
  },
  forget: {
    name: '忘れる',
    summary: '自分が登録した画像を削除する',
    options: { all: '自分の画像と、自分について保存されたものすべて', pictures: 'この画像だけ' },
  },
  privacy: { name: 'プライバシー', summary: '何を、なぜ、いつまで保存するか。削除のしかた', options: {} },
  export: { name: '書き出し', summary: '自分について保存されているものをすべて受け取る', options: {} },
  help: { name: 'ヘルプ', summary: '最初の手順と、できること', options: {} },
}
