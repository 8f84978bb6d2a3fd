import { describeProblem, lines, listFirst } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { slash } from './commands.ts'
import { errors } from './errors.ts'
import { more } from './more.ts'
import { describeRefused, describeWaiting } from './review.ts'

type Key = 'added' | 'removed' | 'moved' | 'undone' | 'labels' | 'labelRenamed' | 'labelsMerged' | 'labelDeleted'

const MAX_LABELS = 60
const MAX_REJECTED = 10

export function datasetResults(m: Markup): ResultWords<Key> {
  const rejections = (rejected: { file: string; code: string; message: string }[]): string =>
    listFirst(rejected, MAX_REJECTED, {
      line: (r) => `**${m.text(r.file)}** は処理できませんでした：${describeProblem(r, errors, m)}`,
      more,
    })

  return {
    added: ({ added, duplicates, rejected, label }) =>
      lines(
        added > 0 && `${label === undefined ? '' : `**${m.text(label)}** に`}${added}枚を登録しました。`,
        duplicates > 0 && `${duplicates}枚はすでに登録されています。`,
        rejections(rejected),
      ),
    removed: ({ removed, rejected }) => lines(`${removed}枚をラベルから外しました。`, rejections(rejected)),
    moved: ({ label, moved, unchanged, waiting = 0, refused = 0, rejected }) =>
      lines(
        `${moved.length}枚を **${m.text(label)}** に移しました。`,
        unchanged > 0 && `${unchanged}枚はすでにそのラベルにあります。`,
        waiting > 0 && describeWaiting(waiting),
        refused > 0 && describeRefused(refused),
        rejections(rejected),
      ),
    undone: ({ removed }) =>
      removed > 0 ? `${removed}枚の登録を取り消しました。` : '取り消せる登録はもうありません。',
    labels: ({ labels }) =>
      labels.length === 0
        ? `ラベルはまだありません。${slash('label')} で画像を登録してください。`
        : listFirst(labels, MAX_LABELS, { line: (l) => `**${m.text(l.label)}** · ${l.examples}枚`, more }),
    labelRenamed: ({ renamed, to }) => `**${m.text(renamed)}** の名前を **${m.text(to)}** に変えました。`,
    labelsMerged: ({ merged, into, moved }) =>
      `**${m.text(merged)}** を **${m.text(into)}** に統合しました（${moved}枚）。`,
    labelDeleted: ({ deleted, examples }) => `**${m.text(deleted)}** と画像${examples}枚を削除しました。`,
  }
}
