import type { Results } from '../../commands/results.ts'
import { lines, listFirst } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { slash } from './commands.ts'
import { more } from './more.ts'

type Reason = Results['review']['reasons'][number]
type Key = 'suspects' | 'suspect' | 'review' | 'reviewDone' | 'reviewed' | 'reviewUndone' | 'reported'

const MAX_SUSPECTS = 15

const DECIDED: Record<string, string> = {
  keep: 'そのままにしました',
  exclude: '除外しました',
  move: '移しました',
  restore: '学習に戻しました',
  skip: 'あとにしました',
  undo: '取り消しました',
}

export function reviewResults(m: Markup): ResultWords<Key> {
  return {
    suspects: ({ suspects, total }) =>
      suspects.length === 0
        ? '疑わしい画像はありません（学習のたびに調べます）。'
        : lines(
            listFirst(suspects, MAX_SUSPECTS, {
              line: (s) => `\`#${s.example}\` **${m.text(s.label)}**：${s.reasons.map(describe).join('、')}`,
              more,
              total,
            }),
            `${slash('review')} で一枚ずつ見られます。`,
          ),
    suspect: ({ id, label, reason }) => `\`#${id}\` **${m.text(label)}** ${m.text(reason)}`,
    review: ({ example, label, reasons, leftOut, left, after }) =>
      lines(
        decided(after),
        [
          `\`#${example}\` 本当に **${m.text(label)}** ですか？`,
          reasons.map(describe).join('、'),
          leftOut ? '（学習には使っていません）' : '',
        ]
          .filter(Boolean)
          .join(' '),
        `残り${left}枚。**?** がその画像で、ほかは典型的な画像です。`,
      ),
    reviewDone: ({ after }) => lines(decided(after), 'すべて終わりました。見直す画像はもうありません 🎉'),
    reviewed: ({ decision, label, done, waiting, refused = 0 }) =>
      lines(
        done > 0 && `${DECIDED[decision] ?? decision}${label === null ? '' : `（**${m.text(label)}**）`}：${done}枚。`,
        waiting > 0 && describeWaiting(waiting),
        refused > 0 && describeRefused(refused),
      ),
    reviewUndone: ({ example }) => `\`#${example}\` についての判断を取り消しました。`,
    reported: ({ examples, suspects }) =>
      `画像${examples}枚、うち疑わしい画像${suspects}枚。詳しくは添付のページをご覧ください。`,
  }

  function describe(reason: Reason): string {
    switch (reason.kind) {
      case 'looks-like':
        return `**${m.text(reason.label)}** に似ています`
      case 'unlike':
        return 'このラベルのほかの画像に似ていません'
      case 'also-under':
        return `同じ画像が **${m.text(reason.label)}** にもあります`
      case 'blank':
        return 'ほとんど無地です'
      case 'small':
        return 'とても小さい画像です'
    }
  }
}

const decided = (after: { decision: string; waits: boolean } | null): string => {
  if (!after) return ''
  return after.waits
    ? '記録しました。もう一人の見直し担当の同意が必要です。'
    : `${DECIDED[after.decision] ?? after.decision}。`
}

export const describeWaiting = (waiting: number): string => `${waiting}枚は、もう一人の見直し担当の同意が必要です。`

export const describeRefused = (refused: number): string =>
  `${refused}枚は、学習から外されたか見直し担当がすでに判断した画像なので、そのままです。`
