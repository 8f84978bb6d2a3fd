import { distinctBalancedAccuracy } from '../../../models/evaluation/recall.ts'
import type { Results } from '../../commands/results.ts'
import type { Answer, Line, Section } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { adviceLines } from './advice.ts'
import { gradesSection, recognizedLine } from './grades.ts'
import { inEnglish } from './say.ts'

type Key = 'trained' | 'versions' | 'versionsCompared' | 'rolledBack'
type Trained = Results['trained']
type Version = Results['versions']['versions'][number]

/** Labels that are named in one line. */
const MAX_NAMED = 5
const MAX_CHANGES = 3

const CHOSEN: Record<Trained['because'], string> = {
  only: 'as asked',
  unmeasured: 'there is too little to compare kinds',
  simplest: 'no other kind is clearly better',
  better: 'clearly better than the simpler kinds',
}

export const nothingTrained = (m: Markup): string =>
  `Nothing has been trained yet. To train: ${inEnglish(m).command('train')}`

export function trainingResults(m: Markup): ResultWords<Key> {
  const { and, bytes, command, count, duration, more, percent, percentRange } = inEnglish(m)

  return {
    trained(t): Answer {
      const suggested = t.suggestedBackbone
      return {
        headline: `Learned. ${rightness(t)}`,
        lines: said(
          activation(t),
          t.leftOut > 0 && `I skipped ${t.leftOut} of ${count(t.examples, 'picture')} that look mislabelled.`,
          suggested &&
            `These look like photographs. I would probably do better with a network for them (${bytes(suggested.bytes)}): ${command('backbone', 'use', suggested.use)}`,
        ),
        sections: sections(
          { title: 'What would help', lines: adviceLines(m, t.advice) },
          { title: 'Better than before', lines: t.improved.map(change) },
          { title: 'Worse than before', lines: t.worsened.map(change) },
          gradesSection(m, t),
          details(t),
        ),
        next: [
          t.flagged > 0 ? `To see what looks mislabelled: ${command('review')}` : '',
          !t.promoted && t.reason !== 'overtaken' ? `To activate it anyway: ${command('rollback', t.version)}` : '',
        ].filter(Boolean),
      }
    },
    versions({ versions }): Answer {
      const active = versions.find((v) => v.current)
      if (versions.length === 0) return { headline: nothingTrained(m) }
      return {
        headline: `${count(versions.length, 'version')}${active ? `; version ${active.version} is active` : ''}.`,
        sections: [
          {
            columns: ['', 'version', 'trained', 'right', '95 %', 'labels', 'pictures', 'classifier', 'changes'],
            lines: versions.map((v, i) => row(v, i === 0)).reverse(),
          },
        ],
      }
    },
    versionsCompared({ from, to, labels, labelsAdded, labelsRemoved }): Answer {
      return {
        headline: `Version ${from.version} against version ${to.version}: ${share(from.accuracy)} → ${share(to.accuracy)} right.`,
        lines: said(
          labelsAdded.length > 0 && `Only in version ${to.version}: ${and(labelsAdded.map(m.name))}.`,
          labelsRemoved.length > 0 && `Only in version ${from.version}: ${and(labelsRemoved.map(m.name))}.`,
        ),
        sections: sections({ lines: labels.map((l) => [m.name(l.label), `${share(l.from)} → ${share(l.to)}`]) }),
      }
    },
    rolledBack: ({ version, from }) => ({
      headline: `Version ${version} is now active${from === null ? '' : ` instead of version ${from}`}.`,
    }),
  }

  function share(value: number | null): string {
    return value === null ? '–' : percent(value)
  }

  function rightness(t: Trained): string {
    if (t.accuracy === null)
      return (
        recognizedLine(m, t) || 'There are too few pictures to say how often I’m right: it takes two for each label.'
      )
    const balanced = distinctBalancedAccuracy(t)
    return balanced === null
      ? `${m.bold(percent(t.accuracy))} right on pictures I had not seen.`
      : `${m.bold(percent(balanced))} right on pictures I had not seen if every label counts the same, ${m.bold(percent(t.accuracy))} of all pictures.`
  }

  function activation({ reason, turned }: Trained): string {
    const named = turned.slice(0, MAX_NAMED).map(m.name)
    const others = turned.length > MAX_NAMED ? [count(turned.length - MAX_NAMED, 'other label')] : []
    const changed =
      turned.length === 0 ? '' : `${and([...named, ...others])} ${turned.length === 1 ? 'has' : 'have'} changed a lot.`
    switch (reason) {
      case 'turned':
        return `Not active yet: ${changed}`
      case 'worse':
        return `Not active: it is clearly worse than the active version. ${changed}`.trim()
      case 'overtaken':
        return 'Not active: another training that had seen later changes finished first.'
      case 'forgotten':
        return `Now active: the version before had learned from pictures that were deleted. ${changed}`.trim()
      default:
        return `Now active. ${changed}`.trim()
    }
  }

  function change({ label, from, to }: Trained['improved'][number]): Line {
    return [m.name(label), `${percent(from)} → ${percent(to)}`]
  }

  function details(t: Trained): Section {
    return {
      title: 'Details',
      lines: said(
        ['Version', `${t.version}`],
        ['Learned from', `${count(t.labels, 'label')}, ${count(t.examples, 'picture')}`],
        ['Time', duration(t.seconds)],
        t.accuracyInterval && ['95 % interval of the accuracy', percentRange(t.accuracyInterval)],
        t.labels > 1 && ['Classifier', `${t.head}: ${CHOSEN[t.because]}`],
        t.skipped.length > 0 && ['Not compared, too slow', and(t.skipped)],
        backbones(t),
        t.flagged > 0 && ['Look mislabelled', count(t.flagged, 'picture')],
      ),
    }
  }

  /** Only where there is a choice: most datasets use the embedded network alone. */
  function backbones({ backbones, unhelpful }: Trained): Line | false {
    if (backbones.length + unhelpful.length < 2) return false
    const answering = and(backbones.map((b) => m.text(b)))
    if (unhelpful.length === 0) return ['Networks', `${answering} answer together`]
    return ['Network', `${answering} alone: with ${and(unhelpful.map((b) => m.text(b)))} it is no better`]
  }

  function row(v: Version, isFirst: boolean): Line {
    return [
      v.current ? '▸' : '',
      m.bold(`${v.version}`),
      m.moment(v.madeAt),
      v.accuracy === null ? '–' : percent(v.accuracy),
      v.accuracyInterval ? percentRange(v.accuracyInterval) : '',
      count(v.labels, 'label'),
      count(v.examples, 'picture'),
      m.technical(v.head),
      isFirst ? '' : labelChanges(v),
    ]
  }

  function labelChanges({ labelsAdded, labelsRemoved }: Version): string {
    const changes = [...labelsAdded.map((l) => `+${m.text(l)}`), ...labelsRemoved.map((l) => `−${m.text(l)}`)]
    const shown = changes.slice(0, MAX_CHANGES).join(', ')
    return changes.length > MAX_CHANGES ? `${shown} ${more(changes.length - MAX_CHANGES)}` : shown
  }
}
