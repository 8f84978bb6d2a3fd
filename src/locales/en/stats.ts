import { distinctBalancedAccuracy } from '../../../models/evaluation/recall.ts'
import type { Results } from '../../commands/results.ts'
import { interval, lines, listFirst, mebibytes, percent } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { adviceLines } from './advice.ts'
import { gradesLine, recognizedLine } from './grades.ts'
import { count, more } from './plural.ts'
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
        s.calibrationError !== null && `Confidence is off by ${percent(s.calibrationError)} on average.`,
        s.confusions.length > 0 && `**Most often confused**\n${confusions(s)}`,
        ...suspects(s),
        ...(s.advice ? adviceLines(s.advice, m) : []),
        `**Labels**\n${listFirst(s.labels, MAX_LABELS, { line: (l) => `${m.text(l.label)} · ${l.examples}`, more }) || '–'}`,
        `${count(s.versions.length, 'version')} · ${count(s.queue.waiting, 'picture')} waiting · ${count(s.queue.trainings, 'training')} running`,
        `${s.speed.milliseconds === null ? '' : `${Math.round(s.speed.milliseconds)} ms per picture · `}${count(s.storage.pictures, 'picture')} · database ${mebibytes(s.storage.databaseBytes)}`,
      ),
  }

  function active(s: Stats): string {
    const { version, head, accuracy, accuracyInterval } = s
    if (version === null) return NOTHING_TRAINED
    const measured =
      accuracy === null
        ? 'accuracy not measured'
        : `accuracy **${percent(accuracy)}** (95 %: ${interval(accuracyInterval)})`
    const balanced = distinctBalancedAccuracy(s)
    const byLabel = balanced === null ? '' : `mean over labels **${percent(balanced)}** · `
    return `**Version ${version}** (${head}) · ${byLabel}${measured}`
  }

  function feedback({ live }: Stats): string {
    return live.accuracy === null
      ? 'No feedback yet. Press Right or Wrong under my answers.'
      : `Feedback: **${percent(live.accuracy)}** of ${live.judged} answers right (95 %: ${interval(live.interval)})`
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
      `${count(flagged, 'suspect')} · ${leftOut} not used for training · ${count(copies, 'copy', 'copies')} · ${conflicts} under two labels`,
      ...teachers.map(
        (t) =>
          `⚠️ ${percent(t.suspected)} of the ${count(t.examples, 'picture')} that ${m.person(t.teacher)} added look mislabelled (everybody else: ${percent(t.others)}).`,
      ),
    ]
  }
}
