import type { Advice } from '../../../models/evaluation/advice.ts'
import type { Results } from '../../commands/results.ts'
import { interval, lines, listFirst, mebibytes, percent } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { and, count, more } from './plural.ts'

type Key = 'trained' | 'stats' | 'versions' | 'rolledBack'
type Stats = Results['stats']
type Change = { label: string; from: number; to: number }

const MAX_CHANGES = 5
const MAX_CONFUSIONS = 5
const MAX_LABELS = 15
const MAX_VERSIONS = 15
/** Twice as many pictures are worth mentioning from this gain of accuracy on. */
const WORTHWHILE_GAIN = 0.005

const NOTHING_TRAINED = 'Nothing has been trained yet. Run `/train`.'

export function trainingResults(m: Markup): ResultWords<Key> {
  const bold = (label: string): string => `**${m.text(label)}**`

  return {
    trained: (t) =>
      lines(
        `**Version ${t.version}** learned ${count(t.labels, 'label')} from ${count(t.examples, 'picture')} in ${t.seconds.toFixed(1)} s.`,
        t.accuracy === null
          ? 'There are too few pictures to measure its accuracy. It takes at least two per label.'
          : `Right about **${percent(t.accuracy)}** of the time on pictures it had not seen (95 %: ${interval(t.accuracyInterval)}).`,
        changes('Better now', t.improved),
        changes('Worse now', t.worsened),
        t.leftOut > 0 && `I skipped ${t.leftOut} of ${t.examples} pictures that look mislabelled.`,
        activation(t),
        ...advise(t.advice),
      ),
    stats: (s) =>
      lines(
        active(s),
        feedback(s),
        s.calibrationError !== null && `Confidence is off by ${percent(s.calibrationError)} on average.`,
        s.confusions.length > 0 && `**Most often confused**\n${confusions(s)}`,
        ...suspects(s),
        ...(s.advice ? advise(s.advice) : []),
        `**Labels**\n${listFirst(s.labels, MAX_LABELS, { line: (l) => `${m.text(l.label)} · ${l.examples}`, more }) || '–'}`,
        `${count(s.versions.length, 'version')} · ${count(s.queue.waiting, 'picture')} waiting · ${count(s.queue.trainings, 'training')} running`,
        `${s.speed.milliseconds === null ? '' : `${Math.round(s.speed.milliseconds)} ms per picture · `}${count(s.storage.pictures, 'picture')} · database ${mebibytes(s.storage.databaseBytes)}`,
      ),
    versions: ({ versions }) =>
      versions.length === 0
        ? NOTHING_TRAINED
        : listFirst([...versions].reverse(), MAX_VERSIONS, {
            line: (v) =>
              [
                v.current ? `**▸ ${v.version}**` : String(v.version),
                v.accuracy === null ? '–' : `${percent(v.accuracy)} (${interval(v.accuracyInterval)})`,
                count(v.examples, 'picture'),
                m.moment(v.madeAt),
              ].join(' · '),
            more,
          }),
    rolledBack: ({ version, from }) =>
      `Version ${version} is now active${from === null ? '' : ` instead of version ${from}`}.`,
  }

  function activation({ reason, turned }: Results['trained']): string {
    const changed = `${and(turned.map(bold))} ${turned.length === 1 ? 'has' : 'have'} changed a lot`
    if (reason === 'turned') return `Not active yet: ${changed}. Check the pictures with \`/review\` first.`
    const note = turned.length > 0 ? ` ${changed}.` : ''
    if (reason === 'worse')
      return `Not active: it is clearly worse than the active version. \`/versions\` can still activate it.${note}`
    return `Now active.${note}`
  }

  function changes(title: string, all: Change[]): string | false {
    const texts = all.slice(0, MAX_CHANGES).map((c) => `${m.text(c.label)} ${percent(c.from)} → ${percent(c.to)}`)
    return all.length > 0 && `${title}: ${texts.join(', ')}`
  }

  function advise({ needMore, alike, twice }: Advice): string[] {
    const wanted = needMore.map(({ label, examples, recall }) =>
      recall === null
        ? `${m.text(label)} (only ${examples})`
        : `${m.text(label)} (${percent(recall)} of ${examples} right)`,
    )
    return [
      wanted.length > 0 ? `More pictures would help: ${wanted.join(', ')}` : '',
      ...alike.map(
        ({ labels: [one, other] }) =>
          `${bold(one)} and ${bold(other)} look like the same thing. \`/labels merge\` joins them.`,
      ),
      twice && twice.doubled - twice.now > WORTHWHILE_GAIN
        ? `With twice as many pictures I’d be right about ${percent(twice.doubled)} of the time (now ${percent(twice.now)}).`
        : '',
    ]
  }

  function active({ version, head, accuracy, accuracyInterval }: Stats): string {
    if (version === null) return NOTHING_TRAINED
    const measured =
      accuracy === null
        ? 'accuracy not measured'
        : `accuracy **${percent(accuracy)}** (95 %: ${interval(accuracyInterval)})`
    return `**Version ${version}** (${head}) · ${measured}`
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
