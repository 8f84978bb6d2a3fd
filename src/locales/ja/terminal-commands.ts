import type { TerminalWords } from '../terminal-words.ts'

const YES = '確認せずに実行する'

/** What only a terminal has, or says otherwise than a chat. */
export const terminalCommands: TerminalWords['commands'] = {
  import: {
    summary:
      'サブフォルダーをラベルとして、または書き出したときのまま、フォルダーかZIPファイルの画像を登録する。登録済みのものは飛ばす',
    options: { dir: 'サブフォルダーがラベルになっているか、`export` で書き出した、フォルダーかZIPファイル' },
    ifInterrupted: 'ここまでに登録した画像は残ります。続けるには同じコマンドをもう一度実行してください。',
  },
  label: {
    ifInterrupted: 'ここまでに登録した画像は残ります。続けるには同じコマンドをもう一度実行してください。',
  },
  unlabel: { options: { yes: '複数でも確認せずに外す' } },
  labels: { options: { yes: '確認せずに削除する' } },
  example: { summary: '登録画像のひとつについて、状態とこれまでの変更を表示する', options: { example: '画像の番号' } },
  train: {
    ifInterrupted: '使用中のバージョンはそのままで、計算した特徴量は残ります。もう一度実行してください。',
  },
  predict: {
    options: { copyTo: '画像をこのフォルダーへ、答えごとのフォルダーに分けてコピーする。上書きはしない' },
    ifInterrupted: '判定では何も保存しません。もう一度実行してください。',
  },
  backbone: {
    summary: '画像を特徴量に変えるネットワークを、見る・追加する・比べる・切り替える',
    options: {
      action: '何をするか',
      which:
        '一覧のIDか名前、ONNXかTFLiteのファイル、Teachable Machineの書き出し、またはURL。＋でつなぐと一緒に答える。use では auto（偶然とはいえないほど優れたものがなければ最も単純なもの）、compare ではコンマで区切って複数',
      input: 'ネットワークの入力を説明するJSONファイル。省略すると NET.onnx の隣の NET.json。TFLiteには不要',
      budget: '`use auto` のとき：一枚にかけてよいミリ秒',
      sha256: 'URLからダウンロードするもののSHA-256ハッシュ',
    },
    ifInterrupted:
      'バックボーンは変わっていません。ダウンロードと計算した特徴量は残ります。続けるには同じコマンドをもう一度実行してください。',
  },
  datasets: {
    options: { yes: '確認せずに空にする・削除する' },
    ifInterrupted: '途中までの複製は自動で削除されます。すでに削除したもの、空にしたものはそのままです。',
  },
  versions: {
    options: { from: '使用中のバージョンとラベルごとに比べるバージョン', to: '使用中のものの代わりに比べるバージョン' },
  },
  review: { ifInterrupted: '判断は残ります。続けるには同じコマンドをもう一度実行してください。' },
  withdraw: { options: { yes: YES } },
  'clean-up': {
    options: {
      person: '誰がしたか',
      since: 'いつから（90m、2h、3d のように、または 2026-11-26 14:30 のように）',
      yes: YES,
    },
    ifInterrupted: '一部は元に戻りました。残りを戻すには同じコマンドをもう一度実行してください。',
  },
  export: {
    summary:
      'すべての画像を、ラベル・状態・見直しの判断とともに、`import` で取り込めるフォルダーかZIPファイルに書き出す。分類器はONNXファイルになる',
    options: { dir: '新しいフォルダーか空のフォルダー、またはまだないZIPファイル' },
    ifInterrupted: '書き出しは途中までです。削除して、もう一度実行してください。',
  },
  backup: {
    summary: 'すべてを一つのファイルに保存する（ボットの動作中でもよい）。またはそこから復元する',
    options: {
      action: '何をするか',
      file: 'バックアップのファイル。create ではまだないもの、restore ではあるもの',
      withPictures: 'createのとき：バケットにある画像も含める',
    },
    ifInterrupted:
      '完了と表示されていなければ、バックアップは作られておらず、何も復元されていません。もう一度実行してください。',
  },
  migrate: {
    summary: 'すべてをPostgreSQLに、またはデータフォルダーに戻して移す（一行ずつ確認する）',
    options: { to: '空のPostgreSQLのアドレス（例：postgres://user@host/mekiki）。sqlite はデータフォルダー' },
    ifInterrupted: '何も移っていないか、すべて移っています。同じコマンドをもう一度実行してください。',
  },
  encrypt: {
    summary: '保存した画像をすべて DATA_KEY の最初の鍵で暗号化する。鍵を設定・変更したあとに実行する',
    ifInterrupted:
      '古い鍵が必要な画像が残っています。DATA_KEY に両方の鍵を残し、同じコマンドをもう一度実行してください。',
  },
  'export-person': {
    summary: 'ある人について保存されているものを、すべてのサーバー（退出済みも含む）からZIPファイルに書き出す',
    options: { person: 'その人のDiscordのID', output: '書き出すファイル。省略すると mekiki-ID.zip' },
    ifInterrupted: 'ファイルは途中までです。削除して、もう一度実行してください。',
  },
  forget: {
    summary: 'ある人のデータを、すべてのサーバー（退出済みも含む）から完全に削除する',
    options: { person: 'その人のDiscordのID', yes: YES },
    ifInterrupted: '一部はすでに削除されています。残りを削除するには同じコマンドをもう一度実行してください。',
  },
  doctor: {
    summary: '実行環境、データベース、重み、権限、メモリ、Discordを調べ、直し方を示す',
  },
}
