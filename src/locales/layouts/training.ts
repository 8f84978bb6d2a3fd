import type { Results } from '../../commands/results.ts'
import type { Line, Section } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { Numbers } from '../numbers.ts'
import type { ResultWords } from '../words.ts'
import { type AccuracyWords, type GradeWords, layOutAccuracy, layOutGrades } from './accuracy.ts'
import { type AdviceWords, layOutAdvice } from './advice.ts'

type Trained = Results['trained']

/** Labels that are named in one line. */
const MAX_NAMED = 5

export type TrainingWords = {
  headline(rightness: string): string
  accuracy: AccuracyWords
  /** Whether it is active. @param changed says which labels have changed a lot */
  activation: Record<Trained['reason'], (changed: string) => string>
  changed(labels: string[], others: number): string
  leftOut(leftOut: number, examples: number): string
  suggested(bytes: string, use: string): string
  titles: Record<'advice' | 'improved' | 'worsened', string>
  advice: AdviceWords
  grades: GradeWords
  details: {
    title: string
    names: Record<
      'version' | 'examples' | 'time' | 'interval' | 'head' | 'skipped' | 'backbone' | 'backbones' | 'flagged',
      string
    >
    examples(examples: number, labels: number): string
    head(head: string, because: Trained['because']): string
    together(backbones: string): string
    alone(backbones: string, unhelpful: string): string
    flagged(pictures: number): string
  }
  toReview: string
  toActivate(version: number): string
}

/** What a training came to. */
export function layOutTraining(m: Markup, numbers: Numbers, words: TrainingWords): ResultWords<'trained'> {
  const { and, bytes, duration, percent, percentRange } = numbers
  const { names, ...details } = words.details
  const rightness = layOutAccuracy(m, numbers, { ...words.accuracy, recognized: words.grades.recognized })

  const list = (ids: readonly string[]): string => and(ids.map((id) => m.text(id)))

  return {
    trained: (t) => ({
      headline: words.headline(rightness(t)),
      lines: said(
        words.activation[t.reason](changed(t.turned)),
        t.leftOut > 0 && words.leftOut(t.leftOut, t.examples),
        t.suggestedBackbone && words.suggested(bytes(t.suggestedBackbone.bytes), t.suggestedBackbone.use),
      ),
      sections: sections(
        { title: words.titles.advice, lines: layOutAdvice(t.advice, words.advice) },
        { title: words.titles.improved, lines: t.improved.map(describeChange) },
        { title: words.titles.worsened, lines: t.worsened.map(describeChange) },
        layOutGrades(t, numbers, words.grades),
        listDetails(t),
      ),
      next: [
        t.flagged > 0 ? words.toReview : '',
        !t.promoted && t.reason !== 'overtaken' ? words.toActivate(t.version) : '',
      ].filter(Boolean),
    }),
  }

  function changed(turned: readonly string[]): string {
    if (turned.length === 0) return ''
    return words.changed(turned.slice(0, MAX_NAMED).map(m.name), Math.max(0, turned.length - MAX_NAMED))
  }

  function describeChange({ label, from, to }: Trained['improved'][number]): Line {
    return [m.name(label), `${percent(from)} → ${percent(to)}`]
  }

  function listDetails(t: Trained): Section {
    return {
      title: details.title,
      lines: said(
        [names.version, `${t.version}`],
        [names.examples, details.examples(t.examples, t.labels)],
        [names.time, duration(t.seconds)],
        t.accuracyInterval && [names.interval, percentRange(t.accuracyInterval)],
        t.labels > 1 && [names.head, details.head(t.head, t.because)],
        t.skipped.length > 0 && [names.skipped, and(t.skipped)],
        describeBackbones(t),
        t.flagged > 0 && [names.flagged, details.flagged(t.flagged)],
      ),
    }
  }

  /** Only where there is a choice: most datasets use the embedded network alone. */
  function describeBackbones({ backbones, unhelpful }: Trained): Line | false {
    if (backbones.length + unhelpful.length < 2) return false
    if (unhelpful.length === 0) return [names.backbones, details.together(list(backbones))]
    return [names.backbone, details.alone(list(backbones), list(unhelpful))]
  }
}
