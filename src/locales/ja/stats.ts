import { distinctBalancedAccuracy } from '../../../models/evaluation/recall.ts'
import type { Results } from '../../commands/results.ts'
import type { Answer, Section } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { adviceLines } from './advice.ts'
import { gradesSection, recognizedLine } from './grades.ts'
import { inJapanese } from './say.ts'
import { nothingTrained } from './training.ts'

type Stats = Results['stats']

export function statsResults(m: Markup): ResultWords<'stats'> {
  const { bytes, command, milliseconds, number, percent, percentRange, sheets } = inJapanese(m)

  return {
    stats(s): Answer {
      const pictures = s.labels.reduce((sum, { examples }) => sum + examples, 0)
      return {
        headline: rightness(s),
        lines: said(
          `ラベル${number(s.labels.length)}個、画像${sheets(pictures)}。`,
          feedback(s),
          s.survey && s.survey.flagged > 0 && suspects(s.survey.flagged),
        ),
        sections: sections(
          s.survey && { title: '登録担当', lines: s.survey.teachers.map(teacher) },
          s.advice && { title: '良くするには', chart: 'learning', lines: adviceLines(m, s.advice) },
          { title: '間違えやすい組', chart: 'confusion', lines: s.confusions.map(confusion) },
          { title: 'ラベル', chart: 'examples', lines: s.labels.map((l) => [m.name(l.label), sheets(l.examples)]) },
          gradesSection(m, s),
          details(s),
        ),
      }
    },
  }

  function rightness(s: Stats): string {
    const { version, accuracy } = s
    if (version === null) return nothingTrained(m)
    if (accuracy === null) return recognizedLine(m, s) || '画像が少なすぎて、精度を測れません。'
    const balanced = distinctBalancedAccuracy(s)
    return balanced === null
      ? `精度は ${m.bold(percent(accuracy))} です。`
      : `精度は、ラベルごとの平均で ${m.bold(percent(balanced))}、画像全体で ${m.bold(percent(accuracy))} です。`
  }

  function feedback({ live: { accuracy, judged, right } }: Stats): string {
    if (accuracy === null)
      return m.hasButtons ? 'フィードバックはまだありません。答えの下の「正解」か「不正解」を押してください。' : ''
    return `フィードバック：${number(judged)}件のうち${number(right)}件が正解（${percent(accuracy)}）。`
  }

  function suspects(flagged: number): string {
    return `ラベルが間違っていそうな画像が${sheets(flagged)}あります：${command('review')}`
  }

  function teacher(t: NonNullable<Stats['survey']>['teachers'][number]): string {
    return `⚠️ ${m.person(t.teacher)} さんが登録した${sheets(t.examples)}の${percent(t.suspected)}は、ラベルが間違っていそうです（ほかの人は${percent(t.others)}）。`
  }

  function confusion({ label, takenFor, count }: Stats['confusions'][number]): string[] {
    return [`${m.text(label)} → ${m.text(takenFor)}`, `${number(count)}回`]
  }

  function details(s: Stats): Section {
    const { version, head, accuracyInterval, calibrationError, survey, versions, queue, speed, storage } = s
    return {
      title: '詳細',
      chart: 'accuracy',
      lines: said(
        version !== null && ['使用中のバージョン', `${version}（保存中は${number(versions.length)}個）`],
        version !== null && head !== null && ['分類器', head],
        accuracyInterval && ['精度の95％区間', percentRange(accuracyInterval)],
        s.live.interval && ['フィードバックの95％区間', percentRange(s.live.interval)],
        calibrationError !== null && ['確信度のずれ', `平均${percent(calibrationError)}`],
        survey && ['学習に使わない画像', sheets(survey.leftOut)],
        survey && ['重複', sheets(survey.copies)],
        survey && ['二つのラベルにある画像', sheets(survey.conflicts)],
        queue.waiting > 0 && ['待っている画像', sheets(queue.waiting)],
        queue.trainings > 0 && ['実行中の学習', `${number(queue.trainings)}件`],
        speed.milliseconds !== null && ['一枚にかかる時間', milliseconds(speed.milliseconds)],
        ['保存量', `画像${sheets(storage.pictures)}、${bytes(storage.databaseBytes)}`],
      ),
    }
  }
}
