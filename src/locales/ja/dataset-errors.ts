import type { Markup } from '../markup.ts'
import type { Words } from '../words.ts'
import { inJapanese } from './say.ts'

/** Of ZIP files, of folders that are labels, and of datasets. */
export function datasetErrors(m: Markup): Words['errors'] {
  const { command, number } = inJapanese(m)
  return {
    'dataset.exists': 'その名前のデータセットはすでにあります。',
    'dataset.main': `${m.code('main')} は、ほかのデータセットを選んでいないチャンネルで使われるため、名前の変更や削除はできません。複製するか空にすることはできます。`,
    'dataset.argument-missing': `足りないものがあります。${m.code('rename')} と ${m.code('copy')} にはデータセットと新しい名前、${m.code('empty')} と ${m.code('delete')} にはデータセットが必要です。`,
    'import.flat': `画像はありますが、ラベルになるフォルダーがありません。一つのラベルにまとめて登録するには：${command('label')}`,
    'import.no-label': 'ラベルのフォルダーに入っていません。',
    'samples.not-empty': 'すでに画像があります。サンプルを登録できるのは空のデータセットだけです。',
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
