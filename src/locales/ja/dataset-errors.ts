import type { Markup } from '../markup.ts'
import type { Words } from '../words.ts'
import { inJapanese } from './say.ts'

/** Of ZIP files, of folders that are labels, and of datasets. */
export function datasetErrors(m: Markup): Words['errors'] {
  const { command, number } = inJapanese(m)
  return {
    'dataset.gone': 'このデータセットはたった今、削除されたか空にされました。もう一度お試しください。',
    'dataset.exists': 'その名前のデータセットはすでにあります。',
    'dataset.main': `${m.code('main')} は、ほかのデータセットを選んでいないチャンネルで使われるため、名前の変更や削除はできません。複製するか空にすることはできます。`,
    'dataset.argument-missing': `足りないものがあります。${m.code('rename')} と ${m.code('copy')} にはデータセットと新しい名前、${m.code('empty')} と ${m.code('delete')} にはデータセットが必要です。`,
    'import.flat': `画像はありますが、ラベルになるフォルダーがありません。一つのラベルにまとめて登録するには：${command('label')}`,
    'import.no-label': 'ラベルのフォルダーに入っていません。',
    'samples.not-empty': 'すでに画像があります。サンプルを登録できるのは空のデータセットだけです。',
    'copy.link': 'フォルダーがあるはずの場所に、リンクかファイルがあります。リンクの先には書き込みません。',
    'copy.not-writable': 'そこには書き込めません。',
    'import.changed': '書き出したあとに変更されています。',
    'import.decided': '書き出し元で除外または取り下げられた画像です。取り込めるのは管理者だけです。',
    'import.forgotten': '登録した人が、そのあとデータを削除しました。元には戻せません。',
    'import.link': 'ファイルではなくリンクです。',
    'import.missing': '書き出しの一覧にありますが、ファイルがありません。',
    'import.not-listed': '書き出しの一覧にありません。',
    'manifest.incomplete': 'この書き出しは途中までしかありません。もう一度書き出してください。',
    'manifest.invalid': ({ file = 'manifest.jsonl', line = 1 }) =>
      `${m.code(String(file))} の${number(Number(line))}行目を読み込めません。もう一度書き出してください。`,
    'manifest.newer': 'より新しいMekikiの書き出しです。Botの運用者による更新が必要です。',
    'settings.time-zone': `そのタイムゾーンはわかりません。${m.code('Asia/Tokyo')} や ${m.code('UTC')} のように指定してください。`,
    'zip.bomb': '展開すると画像とは思えない大きさになるため、開きませんでした。',
    'zip.cut': 'このZIPは壊れていて、ファイルの一覧を途中までしか読めませんでした。作り直してください。',
    'zip.damaged': 'このZIPは読み取れません。壊れているか、途中で切れているか、ZIPではありません。作り直してください。',
    'zip.empty': 'このZIPには画像がありません。',
    'zip.encrypted': 'パスワードがかかっています。パスワードなしでZIPを作ってください。',
    'zip.file-damaged': 'ZIPの中で壊れています。',
    'zip.link': 'ファイルではなくリンクです。',
    'zip.method': '対応していない圧縮方法です。通常のZIPで作り直してください。',
    'zip.nested': 'ZIPの中の圧縮ファイルは開きません。先に展開してください。',
    'zip.path': 'ファイル名がZIPの外を指しています。',
    'zip.too-large': 'このZIPは大きすぎます。100 MiBまでです。分けて送ってください。',
    'zip.too-many': ({ max }) =>
      `このZIPはファイルが多すぎます。${number(Number(max))}件までです。分けて送ってください。`,
  }
}
