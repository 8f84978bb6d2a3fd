import type { OperatorWords } from '../operator-words.ts'

/** What only the operator is told, or asked. */
export const operatorTerminal: OperatorWords = {
  folderMade: (path) => `データを保存するフォルダー ${path} を作りました。場所はMEKIKI_HOMEで変えられます。`,
  folderHere: (path, usual) =>
    `${path} のデータベースを使っています。どこからでも使えるようにするには、このフォルダーを ${usual} に移すか、MEKIKI_HOMEを設定してください。`,
  questions: {
    token: () => 'ボットのトークン（入力は表示されません）：',
    replaceToken: (file) => `${file} には別のトークンがあります。置き換えますか？ [y/N]`,
    encrypt: () => '保存する画像を暗号化しますか？ [y/N]',
    service: () => 'systemdのサービスとして動かしますか？ 自分用はuser、マシン全体はsystem [user/system/N]',
    replaceService: (file) => `${file} はすでにあります。置き換えますか？ [y/N]`,
  },
}

/** By the code of a UserError. */
export const operatorErrors = {
  'discord.no-token': 'DISCORD_TOKENがないため、Discordに問い合わせられません。',
  'discord.unreachable': 'Discordに接続できません。',
  'pictures.argument-missing': '指定が足りません。',
  'pictures.not-confirmed': '何も削除していません。確認が必要です。',
  'pictures.not-found': 'ファイルでも、ここにある画像の番号でもありません。',
  'servers.no-limit': '上限を --pictures または --labels で指定してください。',
  'servers.not-an-id': 'DiscordのサーバーIDではありません。',
  'settings.unknown-server': 'そのサーバーの情報はありません。',
  'setup.no-token': '何も書き込んでいません。トークンがありません。',
}

/** What commands that only a terminal has declare in English. */
export const operatorCommands = {
  setup: {
    summary: 'ボットを設定：トークンの確認、.envの作成、招待リンク、サービスの用意',
    ifInterrupted: '書き込んだものは残ります。もう一度同じコマンドを実行してください。',
  },
  servers: {
    summary: 'サーバーの一覧と使用量。退出、ブロック、上限の設定もできます',
    options: {
      action: 'することを選びます',
      id: 'サーバーのDiscord ID',
      pictures: 'limitのとき：登録できる画像の数。0は既定どおり',
      labels: 'limitのとき：ラベルの数。0は既定どおり',
    },
  },
  processes: { summary: '動いているプロセスの一覧：役割、シャード、負荷、最後の応答' },
  people: {
    summary: '人をブロックして、どのサーバーでも無視する。ブロック中の人の一覧',
    options: { action: 'することを選びます', person: 'その人のDiscord ID' },
  },
  pictures: {
    summary:
      '画像とよく似た画像をすべてのサーバーから削除し、登録を拒否する。拒否中の一覧。画像をデータベースとバケットの間で移す、確かめる',
    options: {
      action: 'することを選びます',
      which: 'removeのとき：ファイルまたは画像の番号。allowのとき：pictures blockedの番号',
      everywhere: 'removeのとき：すべてのサーバーから。必ず付けます',
      to: 'moveのとき：すべての画像の移し先（bucket：PICTURES_URL のバケット、database：データベース）',
      yes: '確認せずに実行する',
    },
    ifInterrupted: '削除したと表示されていなければ、何も削除していません。移動は同じコマンドで続けられます。',
  },
}
