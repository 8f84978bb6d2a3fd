import { distinctBalancedAccuracy } from '../../../models/evaluation/recall.ts'
import type { Results } from '../../commands/results.ts'
import { interval, lines, listFirst, mebibytes, percent } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { adviceLines } from './advice.ts'
import { gradesLine, recognizedLine } from './grades.ts'
import { more } from './more.ts'
import { NOTHING_TRAINED } from './training.ts'

type Stats = Results['stats']

const MAX_CONFUSIONS = 5
const MAX_LABELS = 15

export function statsResults(m: Markup): ResultWords<'stats'> {
  return {
    stats: (s) =>
      lines(
        active(s),
        feedback(s),
        s.accuracy === null && recognizedLine(s),
        gradesLine(s),
        s.calibrationError !== null && `確信度のずれは平均 ${percent(s.calibrationError)} です。`,
        s.confusions.length > 0 && `**間違えやすい組**\n${confusions(s)}`,
        ...suspects(s),
        ...(s.advice ? adviceLines(s.advice, m) : []),
        `**ラベル**\n${listFirst(s.labels, MAX_LABELS, { line: (l) => `${m.text(l.label)} · ${l.examples}枚`, more }) || '–'}`,
        `バージョン ${s.versions.length} · 待っている画像 ${s.queue.waiting} · 実行中の学習 ${s.queue.trainings}`,
        `${s.speed.milliseconds === null ? '' : `一枚 ${Math.round(s.speed.milliseconds)} ミリ秒 · `}画像 ${s.storage.pictures}枚 · データベース ${mebibytes(s.storage.databaseBytes)}`,
      ),
  }

  function active(s: Stats): string {
    const { version, head, accuracy, accuracyInterval } = s
    if (version === null) return NOTHING_TRAINED
    const measured =
      accuracy === null ? '精度は未測定' : `精度 **${percent(accuracy)}**（95％区間 ${interval(accuracyInterval)}）`
    const balanced = distinctBalancedAccuracy(s)
    const byLabel = balanced === null ? '' : `ラベルごとの平均 **${percent(balanced)}** · `
    return `**バージョン${version}**（${head}）· ${byLabel}${measured}`
  }

  function feedback({ live }: Stats): string {
    return live.accuracy === null
      ? 'フィードバックはまだありません。答えの下の「正解」か「不正解」を押してください。'
      : `フィードバック：${live.judged}件のうち **${percent(live.accuracy)}** が正解（95％区間 ${interval(live.interval)}）`
  }

  function confusions({ confusions }: Stats): string {
    return listFirst(confusions, MAX_CONFUSIONS, {
      line: (c) => `${m.text(c.label)} → ${m.text(c.takenFor)} · ${c.count}`,
      more,
    })
  }

  function suspects({ survey }: Stats): string[] {
    if (!survey) return []
    const { flagged, leftOut, copies, conflicts, teachers } = survey
    return [
      `疑わしい画像 ${flagged} · 学習に使わない画像 ${leftOut} · 重複 ${copies} · 二つのラベルにある画像 ${conflicts}`,
      ...teachers.map(
        (t) =>
          `⚠️ ${m.person(t.teacher)} さんが登録した${t.examples}枚の ${percent(t.suspected)} は、ラベルが間違っていそうです（ほかの人：${percent(t.others)}）。`,
      ),
    ]
  }
}
