import type { Results } from '../../commands/results.ts'

type Action = Results['audit']['changes'][number]['action']

/** By what the audit log stores, which keeps the words of the first version. */
export const AUDIT_ACTIONS: Record<Action, string> = {
  filed: '登録',
  unfiled: 'ラベルから外す',
  moved: '移動',
  excluded: '除外',
  restored: '除外の解除',
  reviewed: '見直し',
  'review undone': '見直しの取り消し',
  forgotten: '削除',
  'label renamed': 'ラベルの改名',
  'labels merged': 'ラベルの統合',
  'label deleted': 'ラベルの削除',
  'label restored': 'ラベルの復元',
  'label purged': 'ラベルの完全な削除',
  'cleaned up': 'まとめて取り消し',
  'dataset renamed': 'データセットの改名',
  'dataset copied': 'データセットの複製',
  'dataset emptied': 'データセットを空にする',
  'dataset deleted': 'データセットの削除',
  trained: '学習',
  promoted: 'バージョンの切り替え',
  'backbone changed': 'バックボーンの変更',
  'settings changed': '設定の変更',
  'person blocked': '人のブロック',
  'person unblocked': '人のブロックの解除',
  'server blocked': 'サーバーのブロック',
  'server unblocked': 'サーバーのブロックの解除',
  'server left': 'サーバーからの退出',
  'limits changed': 'サーバーの上限の変更',
  'pictures blocked': '画像のすべてのサーバーからの削除',
  'pictures allowed': '画像の拒否の解除',
  feedback: 'フィードバック',
}
