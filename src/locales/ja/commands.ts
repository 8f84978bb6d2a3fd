import type { CommandWords } from '../command-words.ts'

const NUMBERS = '番号（12 や 12-20）'
const PICTURE = '画像（JPEG・PNG・WebP・GIF・AVIF）'

export const commands = {
  label: {
    name: 'ラベル',
    summary: '画像をラベルに登録する',
    options: { label: '何の画像か', pictures: PICTURE },
  },
  import: {
    name: 'インポート',
    summary: 'ZIPの画像を登録する。フォルダーの名前がラベルになる。書き出したZIPはそのまま戻る',
    options: { zip: 'ラベルごとのフォルダーが入ったZIP、または書き出したZIP' },
  },
  unlabel: {
    name: 'ラベル解除',
    summary: '画像をラベルから外す',
    options: { label: '外すラベル', pictures: '外す画像' },
  },
  relabel: {
    name: 'ラベル変更',
    summary: '登録画像を別のラベルに移す',
    options: { label: '正しいラベル', examples: NUMBERS, pictures: '移す画像' },
  },
  labels: {
    name: 'ラベル一覧',
    summary: 'ラベルと枚数を見る。名前の変更・統合・削除・復元もできる',
    options: {
      action: '何をするか。deleted：元に戻せるラベルの一覧',
      label: '対象のラベル',
      to: '新しい名前、または統合先のラベル',
      restore: '元に戻すラベル（7日以内に削除・統合したもの）',
    },
  },
  datasets: {
    name: 'データセット',
    summary: 'データセットと中身を見る。名前の変更・複製・空にする・削除もできる',
    options: { action: '何をするか', name: '対象のデータセット', to: '名前の変更・複製：新しい名前' },
  },
  train: {
    name: '学習',
    summary: '登録画像から学習し、精度を測り、新しいバージョンに切り替える',
    options: {
      head: 'ヘッド（学習方法）。auto：交差検証で最もよいもの',
      budget: 'ヘッドひとつの比較にかけてよい秒数（目安）',
      effort: '画像をどれだけ丁寧に見るか（1・2・7通り）',
      robust: 'on：ラベルと明らかに合わない画像を使わない／off：すべて使う',
    },
  },
  predict: {
    name: '判定',
    summary: '画像がどのラベルか答える。画像は保存しない',
    options: {
      pictures: '判定する画像',
      link: 'このサーバーのメッセージ、またはDiscord上の画像へのリンク',
      why: '似ている登録画像と、次に近いラベルも見せる',
      caution: '「わかりません」と答える割合。省略すると設定のとおり',
    },
  },
  stats: {
    name: '統計',
    summary: '精度、ラベルごとの枚数、間違えやすい組、バージョン、保存量を見る',
    options: {},
  },
  versions: {
    name: 'バージョン',
    summary: 'バージョンと精度の一覧を見る。別のバージョンにも切り替えられる',
    options: {},
  },
  rollback: {
    name: 'バージョン切替',
    summary: '別のバージョンにすぐに切り替える',
    options: { version: 'バージョンの番号。省略すると一つ前' },
  },
  backbone: {
    name: 'バックボーン',
    summary: '画像を読むネットワークを選ぶ：イラスト用、写真用（4 MB）、または両方',
    options: { pictures: '多くの画像は、イラスト（drawings）か、写真（photographs）か、両方（both）か' },
  },
  settings: {
    name: '設定',
    summary: 'チャンネル、データセット、ロール、回答、慎重さ、再学習、言語、投稿からの学習を見る・変える',
    options: {
      watch: 'このチャンネルに投稿された画像に答える',
      unwatch: 'このチャンネルに投稿された画像に答えるのをやめる',
      dataset: '`for` のチャンネルで使うデータセット。なければ作る',
      for: 'データセットを使うチャンネル。省略するとここ',
      teacher: '登録担当のロール（画像を登録できる）',
      trainer: '学習担当のロール（学習を実行できる）',
      reviewer: '見直し担当のロール（見直しができる）',
      manager: '管理者のロール（設定を変えられる）',
      noRoles: 'ロールの割り当てをすべて外す',
      answer: '見守るチャンネルで、どのくらい自信があれば答えるか',
      confidence: '`answer` の以前の名前。50以上は `sure`、それより下は `sure and unsure`',
      caution: '「わかりません」と答える割合（登録したラベルの画像の約2・5・15％）',
      retraining: '自動で学習するタイミング',
      every: '`after` のとき：新しい画像の枚数',
      trainAt: '毎日この時刻に学習する（0〜23時）',
      timeZone: '時刻のタイムゾーン（例 Asia/Tokyo）。省略するとUTC',
      schedule: '時刻の代わりに：cron（例 0 4 * * 1）',
      agreement: '移す・除外するのに必要な人数（1か2）',
      news: '学習の失敗など、管理者へのお知らせを投稿するチャンネル',
      language: '答えの言語。autoなら一人ひとりの言語',
      learnFromPosts: '投稿された画像も登録できるようにする（所有者のみ。先に docs/posts.md を読むこと）',
      clear: '設定を一つ、最初の状態に戻す',
    },
  },
  setup: {
    name: '初期設定',
    summary: '言語、登録できる人、見守るチャンネルを三つの手順で決める',
    options: {},
  },
  suspects: {
    name: '疑わしい画像',
    summary: 'ラベルが間違っていそうな画像を、疑わしい順に理由とともに見る',
    options: { all: 'すべての登録画像をスコアつきで' },
  },
  review: {
    name: '見直し',
    summary: '疑わしい画像を一枚ずつ見て、そのまま・移す・除外を決める',
    options: { undo: '自分の最後の判断を取り消す' },
  },
  keep: {
    name: '確認済み',
    summary: 'ラベルが正しいと認める。以後は疑わしい画像に挙げない',
    options: { examples: NUMBERS },
  },
  exclude: {
    name: '除外',
    summary: '画像を学習から除外する。削除はしない',
    options: { examples: NUMBERS },
  },
  restore: {
    name: '除外解除',
    summary: '除外した画像を学習に戻す',
    options: { examples: NUMBERS },
  },
  report: {
    name: 'レポート',
    summary: '疑わしい画像、重複、間違えやすい組を一つのページにまとめる',
    options: { file: 'ファイル名' },
  },
  audit: {
    name: '変更履歴',
    summary: 'いつ誰が何を変えたかを、新しい順に見る',
    options: { person: 'この人が変えたものだけ', before: 'この番号より前のものだけ' },
  },
  withdraw: {
    name: '取り下げ',
    summary: 'ある人が登録した画像をすべて取り下げる。元に戻せる',
    options: { teacher: '登録した人', restore: '取り下げずに元に戻す' },
  },
  'clean-up': {
    name: 'まとめて取消',
    summary: 'ある人がある時刻から行ったことを、全データセットでまとめて取り消す。先に一覧を見せる',
    options: { person: '誰が行ったか', since: 'いつからか（90m、2h、3d、または 2026-11-26 14:30）' },
  },
  forget: {
    name: 'データ削除',
    summary: '自分の画像を、一枚ずつ、またはデータごとすべて削除する',
    options: { all: '自分の画像と、自分について保存されたものすべて', pictures: 'この画像だけ' },
  },
  ignore: {
    name: '答えない',
    summary: '見守るチャンネルで、自分の投稿に答えないようにする・また答えるようにする',
    options: { stop: 'また答えるようにする' },
  },
  privacy: {
    name: 'プライバシー',
    summary: '何を、なぜ、いつまで保存するか、どう削除するか',
    options: {},
  },
  export: {
    name: '書き出し',
    summary: '自分について保存されているものをすべて受け取る',
    options: {},
  },
  help: {
    name: 'ヘルプ',
    summary: '最初の手順と、ここでできることをテーマ別に見る',
    options: { topic: 'このテーマだけ' },
  },
} satisfies Record<string, CommandWords>
