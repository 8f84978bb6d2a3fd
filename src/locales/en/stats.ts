import { distinctBalancedAccuracy } from '../../../models/evaluation/recall.ts'
import type { Results } from '../../commands/results.ts'
import type { Answer, Section } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { adviceLines } from './advice.ts'
import { gradesSection, recognizedLine } from './grades.ts'
import { inEnglish } from './say.ts'
import { nothingTrained } from './training.ts'

type Stats = Results['stats']

export function statsResults(m: Markup): ResultWords<'stats'> {
  const { bytes, command, count, milliseconds, number, percent, percentRange } = inEnglish(m)

  return {
    stats(s): Answer {
      const pictures = s.labels.reduce((sum, { examples }) => sum + examples, 0)
      return {
        headline: rightness(s),
        lines: said(
          `${count(s.labels.length, 'label')}, ${count(pictures, 'picture')}.`,
          feedback(s),
          s.survey && s.survey.flagged > 0 && suspects(s.survey.flagged),
        ),
        sections: sections(
          s.survey && { title: 'Teachers', lines: s.survey.teachers.map(teacher) },
          s.advice && { title: 'What would help', chart: 'learning', lines: adviceLines(m, s.advice) },
          { title: 'Most often confused', chart: 'confusion', lines: s.confusions.map(confusion) },
          {
            title: 'Labels',
            chart: 'examples',
            lines: s.labels.map((l) => [m.name(l.label), count(l.examples, 'picture')]),
          },
          gradesSection(m, s),
          details(s),
        ),
      }
    },
  }

  function rightness(s: Stats): string {
    const { version, accuracy } = s
    if (version === null) return nothingTrained(m)
    if (accuracy === null) return recognizedLine(m, s) || 'There are too few pictures to say how often I’m right.'
    const balanced = distinctBalancedAccuracy(s)
    return balanced === null
      ? `I’m right ${m.bold(percent(accuracy))} of the time.`
      : `I’m right ${m.bold(percent(balanced))} of the time if every label counts the same, ${m.bold(percent(accuracy))} of all pictures.`
  }

  function feedback({ live: { accuracy, judged, right } }: Stats): string {
    if (accuracy === null) return m.hasButtons ? 'No feedback yet. Press Right or Wrong under my answers.' : ''
    return `Feedback: ${number(right)} of ${count(judged, 'answer')} right (${percent(accuracy)}).`
  }

  function suspects(flagged: number): string {
    return `${count(flagged, 'picture looks', 'pictures look')} mislabelled: ${command('review')}`
  }

  function teacher(t: NonNullable<Stats['survey']>['teachers'][number]): string {
    return `⚠️ ${percent(t.suspected)} of the ${count(t.examples, 'picture')} that ${m.person(t.teacher)} added look mislabelled (everybody else: ${percent(t.others)}).`
  }

  function confusion({ label, takenFor, count }: Stats['confusions'][number]): string[] {
    return [`${m.text(label)} → ${m.text(takenFor)}`, `${number(count)}×`]
  }

  function details(s: Stats): Section {
    const { version, head, accuracyInterval, calibrationError, survey, versions, queue, speed, storage } = s
    return {
      title: 'Details',
      chart: 'accuracy',
      lines: said(
        version !== null && ['Active version', `${version} (${count(versions.length, 'version')} kept)`],
        version !== null && head !== null && ['Classifier', head],
        accuracyInterval && ['95 % interval of the accuracy', percentRange(accuracyInterval)],
        s.live.interval && ['95 % interval of the feedback', percentRange(s.live.interval)],
        calibrationError !== null && ['Confidence is off by', `${percent(calibrationError)} on average`],
        survey && ['Not used for training', count(survey.leftOut, 'picture')],
        survey && ['Near copies', count(survey.copies, 'picture')],
        survey && ['Under two labels', count(survey.conflicts, 'picture')],
        queue.waiting > 0 && ['Waiting', count(queue.waiting, 'picture')],
        queue.trainings > 0 && ['Trainings running', number(queue.trainings)],
        speed.milliseconds !== null && ['Time for a picture', milliseconds(speed.milliseconds)],
        ['Stored', `${count(storage.pictures, 'picture')}, ${bytes(storage.databaseBytes)}`],
      ),
    }
  }
}
