import { layOutStats } from '../layouts/stats.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { adviceWords } from './advice.ts'
import { grades } from './grades.ts'
import { inJapanese } from './say.ts'
import { nothingTrained } from './training.ts'

export function statsResults(m: Markup): ResultWords<'stats'> {
  const say = inJapanese(m)
  const { command, number, percent, sheets } = say

  return layOutStats(m, say, {
    nothingTrained: nothingTrained(m),
    accuracy: {
      unmeasured: '画像が少なすぎて、精度を測れません。',
      right: (share) => `精度は ${share} です。`,
      rightByLabel: (mean, ofAll) => `精度は、ラベルごとの平均で ${mean}、画像全体で ${ofAll} です。`,
    },
    pictures: sheets,
    contents: (labels, examples) => `ラベル${number(labels)}個、画像${sheets(examples)}。`,
    feedback: {
      none: 'フィードバックはまだありません。答えの下の「正解」か「不正解」を押してください。',
      some: ({ judged, right, accuracy }) =>
        `フィードバック：${number(judged)}件のうち${number(right)}件が正解（${percent(accuracy)}）。`,
    },
    flagged: (flagged) => `ラベルが間違っていそうな画像が${sheets(flagged)}あります：${command('review')}`,
    teacher: ({ teacher, examples, suspected, others }) =>
      `⚠️ ${m.person(teacher)} さんが登録した${sheets(examples)}の${percent(suspected)}は、ラベルが間違っていそうです（ほかの人は${percent(others)}）。`,
    times: (n) => `${number(n)}回`,
    titles: {
      teachers: '登録担当',
      advice: '良くするには',
      confusions: '間違えやすい組',
      labels: 'ラベル',
      details: '詳細',
    },
    advice: adviceWords(m),
    grades,
    details: {
      names: {
        version: '使用中のバージョン',
        head: '分類器',
        interval: '精度の95％区間',
        feedbackInterval: 'フィードバックの95％区間',
        calibration: '確信度のずれ',
        leftOut: '学習に使わない画像',
        copies: '重複',
        conflicts: '二つのラベルにある画像',
        waiting: '待っている画像',
        trainings: '実行中の学習',
        speed: '一枚にかかる時間',
        stored: '保存量',
      },
      version: (version, kept) => `${version}（保存中は${number(kept)}個）`,
      calibration: (error) => `平均${error}`,
      trainings: (trainings) => `${number(trainings)}件`,
      stored: (pictures, bytes) => `画像${sheets(pictures)}、${bytes}`,
    },
  })
}
