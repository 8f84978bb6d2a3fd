import type { Results } from '../../commands/results.ts'
import type { Section } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { Numbers } from '../numbers.ts'
import type { ResultWords } from '../words.ts'
import { type AccuracyWords, type GradeWords, layOutAccuracy, layOutGrades } from './accuracy.ts'
import { type AdviceWords, layOutAdvice } from './advice.ts'

type Stats = Results['stats']
type Teacher = NonNullable<Stats['survey']>['teachers'][number]

type StatsWords = {
  nothingTrained: string
  accuracy: AccuracyWords
  pictures(pictures: number): string
  contents(labels: number, pictures: number): string
  feedback: { none: string; some(feedback: { judged: number; right: number; accuracy: number }): string }
  flagged(pictures: number): string
  teacher(teacher: Teacher): string
  times(count: number): string
  titles: Record<'teachers' | 'advice' | 'confusions' | 'labels' | 'details', string>
  advice: AdviceWords
  grades: GradeWords
  details: {
    names: Record<
      | 'version'
      | 'head'
      | 'interval'
      | 'feedbackInterval'
      | 'calibration'
      | 'leftOut'
      | 'copies'
      | 'conflicts'
      | 'waiting'
      | 'trainings'
      | 'speed'
      | 'stored',
      string
    >
    version(version: number, kept: number): string
    calibration(error: string): string
    trainings(trainings: number): string
    stored(pictures: number, bytes: string): string
  }
}

export function layOutStats(m: Markup, numbers: Numbers, words: StatsWords): ResultWords<'stats'> {
  const { bytes, milliseconds, percent, percentRange } = numbers
  const { titles } = words
  const rightness = layOutAccuracy(m, numbers, { ...words.accuracy, recognized: words.grades.recognized })

  return {
    stats(s) {
      const { labels, survey, advice } = s
      const pictures = labels.reduce((sum, { examples }) => sum + examples, 0)
      return {
        headline: s.version === null ? words.nothingTrained : rightness(s),
        lines: said(
          words.contents(labels.length, pictures),
          describeFeedback(s),
          survey && survey.flagged > 0 && words.flagged(survey.flagged),
        ),
        sections: sections(
          survey && { title: titles.teachers, lines: survey.teachers.map(words.teacher) },
          advice && { title: titles.advice, chart: 'learning', lines: layOutAdvice(advice, words.advice) },
          { title: titles.confusions, chart: 'confusion', lines: s.confusions.map(describeConfusion) },
          {
            title: titles.labels,
            chart: 'examples',
            lines: labels.map((l) => [m.name(l.label), words.pictures(l.examples)]),
          },
          layOutGrades(s, numbers, words.grades),
          listDetails(s),
        ),
      }
    },
  }

  function describeFeedback({ live: { accuracy, judged, right } }: Stats): string {
    if (accuracy === null) return m.hasButtons ? words.feedback.none : ''
    return words.feedback.some({ judged, right, accuracy })
  }

  function describeConfusion({ label, takenFor, count }: Stats['confusions'][number]): string[] {
    return [`${m.text(label)} → ${m.text(takenFor)}`, words.times(count)]
  }

  function listDetails(s: Stats): Section {
    const { version, head, accuracyInterval, calibrationError, survey, queue, speed, storage } = s
    const { names, ...details } = words.details
    return {
      title: titles.details,
      chart: 'accuracy',
      lines: said(
        version !== null && [names.version, details.version(version, s.versions.length)],
        version !== null && head !== null && [names.head, head],
        accuracyInterval && [names.interval, percentRange(accuracyInterval)],
        s.live.interval && [names.feedbackInterval, percentRange(s.live.interval)],
        calibrationError !== null && [names.calibration, details.calibration(percent(calibrationError))],
        survey && [names.leftOut, words.pictures(survey.leftOut)],
        survey && [names.copies, words.pictures(survey.copies)],
        survey && [names.conflicts, words.pictures(survey.conflicts)],
        queue.waiting > 0 && [names.waiting, words.pictures(queue.waiting)],
        queue.trainings > 0 && [names.trainings, details.trainings(queue.trainings)],
        speed.milliseconds !== null && [names.speed, milliseconds(speed.milliseconds)],
        [names.stored, details.stored(storage.pictures, bytes(storage.databaseBytes))],
      ),
    }
  }
}
