import type { Results } from '../../commands/results.ts'
import type { Suspect } from '../../db/suspects.ts'
import type { Answer, Line } from '../answer.ts'
import { said } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { describeUndecided } from './decisions.ts'
import { describeReasons } from './reasons.ts'
import { describeAfter } from './review-batch.ts'
import { inJapanese } from './say.ts'

type Key = 'suspects' | 'suspect' | 'review' | 'reviewDone' | 'reviewed' | 'reviewUndone' | 'reported'

export function reviewResults(m: Markup): ResultWords<Key> {
  const { command, decimal, more, sheets } = inJapanese(m)

  return {
    suspects({ suspects, total = suspects.length }): Answer {
      if (suspects.length === 0) return { headline: '疑わしい画像はありません。学習のたびに調べます。' }
      const rows = listSuspects(suspects, total)
      return {
        headline: `ラベルが間違っていそうな画像が${sheets(total)}あります。`,
        lines: [`順に見直すには：${command('review')}`],
        sections: [{ lines: rows }],
      }
    },
    suspect: ({ id, file, label, score, reasons }) => ({
      headline: [
        m.code(`#${id}`),
        score === null ? '–' : decimal(score, 2),
        m.name(label),
        describeReasons(m, reasons),
        m.file(file) && `（${m.file(file)}）`,
      ]
        .filter(Boolean)
        .join('  '),
    }),
    review: ({ example, label, file, reasons, leftOut, left, after }) => ({
      before: describeAfter(m, after),
      headline: `本当に ${m.name(label)} ですか？ ${[m.code(`#${example}`), m.file(file)].filter(Boolean).join(' ')}`,
      lines: said(
        `${describeReasons(m, reasons)}。${leftOut ? '（学習には使っていません）' : ''}`,
        `残り${sheets(left)}。${m.bold('?')} がその画像で、ほかは典型的な画像です。`,
      ),
    }),
    reviewDone: ({ after }) => ({
      before: describeAfter(m, after),
      headline: 'すべて終わりました。見直す画像はもうありません 🎉',
    }),
    reviewed({ decision, label, done, waiting, refused = 0 }): Answer {
      const undecided = describeUndecided(m, { waiting, refused })
      if (done === 0) {
        const [headline = '判断できる画像がありません。', ...lines] = undecided
        return { headline, lines }
      }
      return { headline: describeDecision(decision, sheets(done), label), lines: undecided }
    },
    reviewUndone: ({ example, pictures }) => ({
      headline: `${pictures === undefined ? m.code(`#${example}`) : sheets(pictures)} についての判断を取り消しました。`,
    }),
    reported({ file, examples, suspects, listed = [] }): Answer {
      const counts = `画像${sheets(examples)}、うち疑わしい画像${sheets(suspects)}。`
      const sections = listed.length > 0 ? [{ lines: listSuspects(listed, suspects) }] : []
      return m.file(file)
        ? { headline: `${m.file(file)} に書き出しました：${counts}`, sections }
        : { headline: counts, lines: ['詳しくは添付のページをご覧ください。'], sections }
    },
  }

  /** @param total of which these are the first */
  function listSuspects(suspects: readonly Suspect[], total: number): Line[] {
    const rows = suspects.map((s) => [m.code(`#${s.example}`), m.name(s.label), describeReasons(m, s.reasons)])
    return total > rows.length ? [...rows, more(total - rows.length)] : rows
  }

  function describeDecision(decision: Results['reviewed']['decision'], pictures: string, label: string | null): string {
    switch (decision) {
      case 'keep':
        return `${pictures}をそのままにしました。今後は確認しません。`
      case 'exclude':
        return `${pictures}を学習から除外しました。`
      case 'move':
        return `${pictures}を${label === null ? '' : ` ${m.name(label)} に`}移しました。`
      case 'restore':
        return `${pictures}を学習に戻しました。`
    }
  }
}
