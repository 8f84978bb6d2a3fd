import type { Markup } from '../markup.ts'
import type { Words } from '../words.ts'
import { bucketErrors } from './bucket-errors.ts'
import { datasetErrors } from './dataset-errors.ts'
import { loginErrors } from './login-errors.ts'
import { inJapanese } from './say.ts'
import { webErrors } from './web-errors.ts'

export function firstSteps(m: Markup): string {
  const { command } = inJapanese(m)
  return `二つ以上のラベルに画像を数枚ずつ登録してください（${command('label')}）。自動で学習します。すぐに学習することもできます（${command('train')}）。`
}

export function errors(m: Markup): Words['errors'] {
  const { command } = inJapanese(m)
  const byAccess: Record<string, string> = {
    teacher: `この操作には登録担当の権限が必要です。管理者が設定できます：${command('settings')}`,
    trainer: `この操作には学習担当の権限が必要です。管理者が設定できます：${command('settings')}`,
    reviewer: `この操作には見直し担当の権限が必要です。管理者が設定できます：${command('settings')}`,
    manager: 'この操作には管理者の権限が必要です。',
    owner: 'この操作ができるのはサーバーの所有者だけです。',
    operator: 'この操作ができるのは運用者だけです。',
  }

  return {
    ...datasetErrors(m),
    ...bucketErrors,
    ...webErrors,
    ...loginErrors(m),
    'withdraw.unknown': 'その名前で画像を追加した人はここにはいません。',
    'access.denied': ({ access }) => byAccess[String(access)] ?? 'ここではその操作はできません。',
    'backbone.unusable': `画像を読むネットワークが動いていません。運用者は ${m.code('doctor')} を試してください。`,
    'backbone.download-failed':
      'ネットワークをダウンロードできませんでした。何も変わっていません。しばらくしてからもう一度お試しください。',
    'backbone.gone': `ここで使っているネットワークがなくなりました。運用者がもう一度追加するか、管理者が別のものを選んでください：${command('backbone')}`,
    'backbone.hash-mismatch':
      'ダウンロードしたものが正しいネットワークではなかったため、破棄しました。何も変わっていません。運用者に知らせてください。',
    'backbone.repeated': 'どちらも同じネットワークです。',
    'busy.cooldown': ({ seconds }) => `一度に多すぎます。${seconds}秒お待ちください。`,
    'busy.crashed': 'この画像の処理に三度失敗しました。別の画像でお試しください。',
    'busy.full': 'ただいま混み合っています。一分ほどしてからもう一度お試しください。',
    'busy.stopping': '再起動中です。一分ほどしてからもう一度お試しください。',
    'call.given-up': '何度か試しましたが、処理できませんでした。別のものでお試しください。',
    'choice.expired': 'このボタンは古くなりました。もう一度やり直してください。',
    'confirm.changed': '先ほど表示してから内容が変わりました。もう一度お試しください。',
    'confirm.missing': '確認なしに削除することはできません。',
    'data.damaged': '保存された画像が外部から変更されています。運用者がデータベースを確かめる必要があります。',
    'data.key-missing': '保存された画像の鍵がありません。運用者が DATA_KEY を設定する必要があります。',
    'data.key-wrong': '保存された画像の鍵が違います。運用者が DATA_KEY を直す必要があります。',
    'database.busy': '別のプログラムがデータベースをロックしています。しばらくしてからもう一度お試しください。',
    'database.connections': 'データベースの接続に空きがありません。しばらくしてからもう一度お試しください。',
    'database.damaged': 'データベースが壊れています。運用者がバックアップから復元する必要があります。',
    'database.io': 'ディスクが正しく応答しません。運用者が確認する必要があります。',
    'database.memory': 'メモリが足りません。運用者が空きを作る必要があります。',
    'database.moved': 'データベースが移動されました。運用者が再起動する必要があります。',
    'database.no-locks':
      'データベースのあるファイルシステムではファイルをロックできません。運用者が別の場所に移す必要があります。',
    'database.read-only': '現在、データベースに書き込めません。運用者が確認する必要があります。',
    'database.unreachable': '現在、データベースに接続できません。しばらくしてからもう一度お試しください。',
    'dataset.control-character': 'データセットの名前に改行や見えない文字は使えません。',
    'dataset.empty': 'データセットには名前が必要です。',
    'dataset.not-found': 'そのデータセットはここにはありません。',
    'dataset.too-long': 'データセットの名前は100文字までです。',
    'direct.no-server': 'どのサーバーのラベルかわかりません。先にサーバーで使ってください。',
    'disk.full': 'ディスクがいっぱいです。失われたものはありません。運用者が空きを作る必要があります。',
    'download.expired': 'この画像のリンクは期限切れです。もう一度投稿してください。',
    'download.failed': 'この画像をダウンロードできませんでした。もう一度お試しください。',
    'download.host': 'Discordにアップロードされた画像だけを受け付けます。',
    'download.timeout': '画像のダウンロードに時間がかかりすぎました。もう一度お試しください。',
    'example.not-filed': 'この画像はそのラベルにないか、あなたが登録したものではありません。',
    'home.not-writable': 'データベースに書き込めません。運用者が権限を直す必要があります。',
    'judge.expired': 'その答えは古すぎるか、別のデータセットのものです。',
    'label.control-character': 'ラベルに改行や見えない文字は使えません。',
    'label.decided': 'そのラベルには、見直し担当や管理者が判断した画像があります。削除できるのはその人たちだけです。',
    'label.alone':
      'そのラベルには見直し担当が判断した画像があり、ここでは二人の同意が必要です。一人で削除できるのは管理者だけです。',
    'label.deleted-by': ({ as }) =>
      as === 'manager'
        ? 'そのラベルは管理者が削除または統合しました。元に戻せるのは管理者だけです。'
        : 'そのラベルは見直し担当が削除または統合しました。元に戻せるのは見直し担当だけです。',
    'label.merged-since': ({ label }) =>
      label === undefined
        ? '画像の移動先のラベルが、その後削除されました。先にそちらを元に戻してください。'
        : `画像の移動先の ${m.name(String(label))} が、その後削除または統合されました。先にそちらを元に戻してください。`,
    'label.not-deleted': 'その名前で、7日以内に削除または統合されたラベルはありません。',
    'label.empty': 'ラベルは一文字以上必要です。',
    'label.exists': `そのラベルはすでにあります。統合するには：${command('labels')}`,
    'label.not-found': 'そのラベルはここにはありません。',
    'label.same': 'どちらも同じラベルです。',
    'label.too-long': 'ラベルは100文字までです。',
    'labels.argument-missing': `足りないものがあります。${m.code('rename')} と ${m.code('merge')} にはラベルと変更先、${m.code('delete')} にはラベルが必要です。`,
    'link.not-visible': 'このサーバーの、ここから見られるメッセージへのリンクだけを開けます。',
    'option.invalid': '操作の内容を読み取れませんでした。もう一度お試しください。',
    'picture.damaged': 'この画像は壊れていて読み取れません。',
    'picture.empty': 'このファイルは空です。',
    'picture.missing': 'ここには画像がありません。',
    'picture.no-features': 'この画像からは特徴を取り出せませんでした。',
    'picture.not-a-picture': 'このファイルは読み取れません。読めるのはJPEG・PNG・WebP・GIF・AVIFだけです。',
    'picture.too-heavy':
      'この画像は読み取りに多くのメモリが必要です。小さくするか、プログレッシブでない形式で保存してください。',
    'picture.too-large': 'ファイルが大きすぎます。32 MiBまでです。',
    'picture.too-many-frames': 'コマ数が1,000を超えています。',
    'picture.too-many-pixels': '画像が大きすぎます。5,000万画素までです。',
    'picture.heic':
      'ここではHEICを読み込めません。JPEGで送ってください。Botの運用者は、HEICを読み込むためのパッケージを追加できます。',
    'picture.unsupported': '静止画を含まないAVIFアニメーションには対応していません。JPEGで保存してください。',
    'picture.blocked': 'この画像は登録できません。',
    'limit.pictures':
      'このサーバーで登録できる画像の上限に達しています。不要な画像を外すか、運用者に相談してください。',
    'limit.labels':
      'このサーバーで作れるラベルの上限に達しています。不要なラベルを削除するか、運用者に相談してください。',
    'access.blocked': 'このボットは利用できません。',
    'backbone.not-offered': 'そのネットワークは、運用者がここでは提供していません。',
    'picture.video': 'これは動画です。読めるのはJPEG・PNG・WebP・GIF・AVIFだけです。',
    'posts.forwarded': `誰の画像かわからないため、本人に確認できません。ご自分の画像を登録するには：${command('label')}`,
    'posts.not-yours': '投稿した本人だけが答えられます。',
    'posts.off': `ここでは投稿された画像からは学習しません。設定は所有者が変えられます。自分の画像を登録するには：${command('label')}`,
    'predict.not-trained': `まだ学習していません。${firstSteps(m)}`,
    'report.not-writable': 'レポートを書き込めませんでした。',
    'review.changed':
      'その画像はあなたの判断のあとに変更されたので、そのままにしました。違っていれば、もう一度判断してください。',
    'review.decided': 'その画像は見直し担当がすでに判断しました。変更できるのは見直し担当だけです。',
    'review.alone': `その画像は見直し担当がすでに判断しており、ここでは二人の同意が必要です。${command('exclude')} なら、もう一人の同意を待てます。管理者は一人で変更できます。`,
    'review.gone': 'その画像はもうありません。',
    'review.not-found': `その番号または名前の画像はありません。番号を見るには：${command('suspects')}`,
    'review.withdrawn': `その画像は、追加した人のほかの画像とともに学習から外されています。管理者がまとめて戻せます：${command('withdraw')}`,
    'review.too-many': '一度に指定できる枚数を超えています。範囲を分けてください。',
    'review.nothing-to-undo': '取り消せる判断はありません。',
    'settings.unknown-server': 'そのサーバーには参加していません。',
    'since.invalid':
      '90m（90分前）、2h（2時間前）、3d（3日前）、または 2026-11-26 14:30 のように、過去の時刻を入力してください。',
    'settings.schedule': `予定を読み取れません。cronは五つの項目です（例 ${m.code('0 4 * * *')}：毎日4時）。`,
    'train.given-up': '学習が途中で何度も止まりました。運用者に知らせてください。使用中のバージョンはそのままです。',
    'train.memory': ({ left }) =>
      `これだけの画像から学習するにはメモリが足りません（空き ${left} MiB）。運用者に知らせてください。使用中のバージョンはそのままです。`,
    'train.too-few-labels': `画像のあるラベルが足りず、学習できません。登録してください：${command('label')}`,
    'version.newer': '使用中のバージョンは新しいMekikiで作られています。運用者が更新する必要があります。',
    'version.not-found': ({ version, kept = 0 }) =>
      version === undefined
        ? `戻せるバージョンがありません。${Number(kept) > 0 ? '' : 'まだ一度も学習していません。'}`
        : `バージョン${version}はありません。残っているものを見るには：${command('versions')}`,
    'version.older': `使用中のバージョンは古いMekikiのものです。もう一度学習してください：${command('train')}`,
    'version.unreadable': `使用中のバージョンが壊れています。もう一度学習してください：${command('train')}`,
    'why.gone': 'その画像は保存していないため、もうありません。もう一度聞いてください。',
  }
}
