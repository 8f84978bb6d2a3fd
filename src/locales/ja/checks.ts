const NAMES: Record<string, string> = {
  runtime: '実行環境',
  kernels: '計算の高速化',
  memory: 'メモリ',
  'write access': '書き込み',
  disk: 'ディスク',
  database: 'データベース',
  'inference library': '推論ライブラリ',
  backbone: 'バックボーン',
  heic: 'HEIC',
  pictures: '画像',
  labels: 'ラベル',
  'active version': '使用中のバージョン',
  clock: '時計',
  bucket: 'バケット',
  'bucket pictures': 'バケットの画像',
  settings: '設定',
  secrets: '秘密の保護',
  bot: 'ボット',
  processes: 'プロセス',
  logins: 'ログイン',
  Discord: 'Discord',
  'Discord token': 'Discordのトークン',
  'Discord intents': 'Discordのインテント',
  'Discord servers': 'Discordのサーバー',
  'Discord invitation': 'Discordへの招待',
  'page redirect': 'ページの戻り先',
  'page secret': 'ページのシークレット',
}

/** What checks find and suggest in English, which `--json` prints. Names, paths and numbers are taken over. */
const PHRASES: [english: RegExp, japanese: string][] = [
  // What was found.
  [/^(\d+) MiB available$/, '空き $1 MiB'],
  [/^(\d+) MiB free$/, '空き $1 MiB'],
  [/^none yet: nothing was trained$/, 'まだ学習していません'],
  [/^version (\d+), (\d+) labels?$/, 'バージョン$1、ラベル$2個'],
  [
    /^of a kind that the backbone knows, or too few to tell$/,
    'バックボーンに合っているか、まだ少なすぎて判断できません',
  ],
  [
    /^cannot be read: `(.+)` would change that \(docs\/configuration\.md\)$/,
    '読み込めません。`$1` で読み込めるようになります（docs/configuration.md）',
  ],
  [/^is read by libheif (.+)$/, 'libheif $1 で読み込みます'],
  [/^all are written differently$/, '似た表記のものはありません'],
  [
    /^some are written alike, and `labels merge` joins them: (.+)$/,
    '文字の幅などだけが違うラベルがあります（`labels merge` でまとめられます）：$1',
  ],
  [
    /^these look like photographs: `(.+)` \((\d+) MB\) would probably help$/,
    '写真が多いようです。`$1`（$2 MB）を使うと良くなりそうです',
  ],
  [
    /^no DISCORD_TOKEN: the command line works, the bot does not start \(`setup` asks for one\)$/,
    'DISCORD_TOKEN がありません。コマンドラインは使えますが、ボットは起動しません（`setup` で設定できます）',
  ],
  [/^Discord did not say what time it is$/, 'Discordから時刻がわかりませんでした'],
  [/^(\d+) s behind Discord's$/, 'Discordより$1秒遅れています'],
  [/^(\d+) s ahead of Discord's$/, 'Discordより$1秒進んでいます'],
  [/^Message Content is granted$/, 'Message Contentは許可されています'],
  [
    /^Message Content is not granted: .*$/,
    'Message Contentが許可されていません。見守るチャンネルの画像には答えませんが、ほかはすべて使えます（Developer Portalの「Bot」）',
  ],
  [/^all permissions$/, '権限はそろっています'],
  [/^missing: (.+)$/, '足りない権限：$1'],
  [
    /^the application requires an OAuth2 code grant, .*$/,
    'アプリケーションがOAuth2コード認可を求めるため、リンクでは招待できません',
  ],
  [/^(\S+) \(only you can use it: .*\)$/, '$1（使えるのはあなただけです。Developer PortalのPublic Botがオフです）'],
  [/^of the environment alone$/, '環境変数だけを使っています'],
  [/^of the environment and (.+)$/, '環境変数と $1 を使っています'],
  [/^others on this machine can read (.+)$/, 'このコンピューターのほかの人が $1 を読めます'],
  [/^process (\d+) on (.+) serves this database$/, '$2 のプロセス$1がこのデータベースで動いています'],
  [/^(\d+) run$/, '$1個が動いています'],
  [/^(\d+) run, with problems: (\d+)$/, '$1個が動いています（問題：$2件）'],
  [/^see the list of processes$/, 'プロセスの一覧を見てください'],
  [/^none serves this database$/, 'このデータベースで動いているボットはありません'],
  [/^(\d+) of (\d+) are left today$/, '今日の残り：$1回（全$2回）'],
  [
    /^cannot be looked up: the application (\S+) must have (\S+)$/,
    '確認できません。アプリケーション $1 に $2 が登録されている必要があります',
  ],
  [
    /^the application has none, so that Discord refuses every login$/,
    'アプリケーションに戻り先がないため、誰もログインできません',
  ],
  [
    /^the application has only (.+), so that Discord refuses every login$/,
    'アプリケーションの戻り先が $1 だけなので、誰もログインできません',
  ],
  [/^no DISCORD_CLIENT_SECRET: .*$/, 'DISCORD_CLIENT_SECRET がないため、誰もログインできず、ボットも起動しません'],
  [/^Discord knows it$/, 'Discordに登録されているものと同じです'],
  [/^Discord does not know it$/, 'Discordに登録されているものと違います'],
  [/^keeps, gives and deletes what is put there$/, '保存・取得・削除ができます'],
  [/^(\d+) of (\d+) were read, (\d+) wait to be deleted$/, '$2枚のうち$1枚を読み込みました。削除待ちは$3個です'],
  [/^(\d+) of (\d+) pictures are missing or changed: (.+)$/, '$2枚のうち$1枚が失われたか変更されています：$3'],
  // What to do.
  [/^correct PICTURES_URL, or what its key may do \((.+)\)$/, 'PICTURES_URL か、鍵の権限を直してください（$1）'],
  [
    /^run `pictures check`, and restore those objects in the bucket \((.+)\)$/,
    '`pictures check` を実行し、そのオブジェクトをバケットに戻してください（$1）',
  ],
  [
    /^set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY \((.+)\)$/,
    'S3_ACCESS_KEY_ID と S3_SECRET_ACCESS_KEY を設定してください（$1）',
  ],
  [/^set DATA_KEY, or take PICTURES_URL away$/, 'DATA_KEY を設定するか、PICTURES_URL を外してください'],
  [/^set PICTURES_URL to the bucket that the pictures lie in$/, 'PICTURES_URL に画像のあるバケットを設定してください'],
  [
    /^add (\S+) in the Developer Portal \(OAuth2, Redirects\) and save$/,
    'Developer Portal（「OAuth2」の「Redirects」）に $1 を追加し、保存してください',
  ],
  [
    /^put the secret of the Developer Portal .*$/,
    'Developer Portal（「OAuth2」の「Reset Secret」）のシークレットを DISCORD_CLIENT_SECRET に入れてください',
  ],
  [
    /^make a new one in the Developer Portal \(OAuth2, Reset Secret\) .*$/,
    'Developer Portal（「OAuth2」の「Reset Secret」）で新しく作り、DISCORD_CLIENT_SECRET に入れてください。DISCORD_CLIENT_ID を設定している場合は、同じアプリケーションのものにしてください',
  ],
  [
    /^correct it in the environment or in \.env \(docs\/configuration\.md\)$/,
    '環境変数または .env を直してください（docs/configuration.md）',
  ],
  [
    /^run `(.+)`: it may hold the token and DATA_KEY$/,
    '`$1` を実行してください。トークンやDATA_KEYが入っていることがあります',
  ],
  [
    /^something starts the bot again and again, .*$/,
    'ボットが何度も起動しているか、二つのボットが同じトークンを使っています。Discordがトークンをリセットする前に止めてください',
  ],
  [/^let this user write to (.+)$/, 'このユーザーが $1 に書き込めるようにしてください'],
  [
    /^let this user write there, or set MEKIKI_HOME to another folder$/,
    'このユーザーが書き込めるようにするか、MEKIKI_HOME に別のフォルダーを設定してください',
  ],
  [/^free some room$/, '空きを作ってください'],
  [
    /^stop every process of it and restore a backup$/,
    'データベースを使っているプロセスをすべて止め、バックアップから復元してください',
  ],
  [
    /^restore a backup \((.+)\), or set MEKIKI_HOME to another folder$/,
    'バックアップから復元するか（$1）、MEKIKI_HOME に別のフォルダーを設定してください',
  ],
  [
    /^install Mekiki again: it runs on .*$/,
    'Mekikiをインストールし直してください（対応：Linux・Windowsのx64とarm64、macOSのarm64）',
  ],
  [
    /^install Mekiki again \(in a clone: `npm run prepare`\), or .*$/,
    'Mekikiをインストールし直すか（クローンでは `npm run prepare`）、`backbone use` で今のファイルの場所を指定してください',
  ],
  [
    /^install Mekiki again \(in a clone: `npm run prepare`\): training is slow without$/,
    'Mekikiをインストールし直してください（クローンでは `npm run prepare`）。このままでは学習に時間がかかります',
  ],
  [/^see the log$/, 'ログを見てください'],
  [/^see the message$/, 'メッセージを見てください'],
  [/^run `train`$/, '`train` を実行してください'],
  [/^update Node to (\S+) or newer .*$/, 'Nodeを$1以降に更新してください（クローンでは `npm run` で実行）'],
  [/^stop other programs: it takes up to (\d+) MiB$/, 'ほかのプログラムを終了してください（最大 $1 MiB 必要です）'],
  [/^update Mekiki$/, 'Mekikiを更新してください'],
  [
    /^see that PostgreSQL runs where DATABASE_URL says, and lets this machine in$/,
    'DATABASE_URL の場所でPostgreSQLが動いていて、このマシンからの接続を許可しているか確認してください',
  ],
  [/^correct the user and password in DATABASE_URL$/, 'DATABASE_URL のユーザー名とパスワードを直してください'],
  [
    /^create the database, or name another one in DATABASE_URL$/,
    'データベースを作成するか、DATABASE_URL に別のデータベースを指定してください',
  ],
  [
    /^give the user of DATABASE_URL the database \((.+)\)$/,
    'DATABASE_URL のユーザーをデータベースの所有者にしてください（$1）',
  ],
  [/^update PostgreSQL to 14 or newer$/, 'PostgreSQLを14以降に更新してください'],
  [
    /^name PostgreSQL itself in DATABASE_URL, or a pooler in session mode$/,
    'DATABASE_URL にPostgreSQL自体か、セッションモードのプーラーを指定してください',
  ],
  [/^create another database, in UTF-8 \((.+)\)$/, 'UTF-8で別のデータベースを作成してください（$1）'],
  [/^name the primary in DATABASE_URL$/, 'DATABASE_URL にプライマリを指定してください'],
  [
    /^stop processes that need no connection, or raise max_connections$/,
    '接続を使っていないプロセスを止めるか、max_connections を増やしてください',
  ],
  [
    /^set DATA_KEY to the key that the pictures were encrypted with$/,
    'DATA_KEY に画像を暗号化した鍵を設定してください',
  ],
  [
    /^put the right key into DATA_KEY, or both \(NEW,OLD\) and run `encrypt`$/,
    'DATA_KEY に正しい鍵を、または両方（新,旧）を入れて `encrypt` を実行してください',
  ],
  [/^check the network and try again$/, 'ネットワークを確かめて、もう一度お試しください'],
  [
    /^the token is wrong, or was reset: .*$/,
    'トークンが違うか、リセットされています。Developer Portal（「Bot」の「Reset Token」）で新しく作り、DISCORD_TOKEN に入れてください',
  ],
  [
    /^set DISCORD_TOKEN to the token of your bot .*$/,
    'DISCORD_TOKEN にボットのトークンを設定するか（docs/discord.md）、ネットワークと HTTPS_PROXY を確かめてください',
  ],
  [
    /^set the clock of this machine, or have it set itself \(NTP\)$/,
    'コンピューターの時計を合わせるか、自動で合わせてください（NTP）',
  ],
  [
    /^grant them to the bot’s role in the server’s settings, or invite it again$/,
    'サーバーの設定でボットのロールに権限を付けるか、もう一度招待してください',
  ],
  [
    /^turn that off in the Developer Portal .*$/,
    'Developer Portalでオフにしてください（「Bot」の「Requires OAuth2 Code Grant」）',
  ],
]

/** The name of a check; a server's is its own. */
export const checkName = (check: string): string =>
  NAMES[check] ?? check.replace(/^Discord server (.+)$/, 'Discordのサーバー：$1')

/** What a check found, or suggests; as it is where there is no Japanese for it, as for a message of the system. */
export function checkText(text: string): string {
  const known = PHRASES.find(([english]) => english.test(text))
  return known ? text.replace(...known) : text
}
