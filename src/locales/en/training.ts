import { distinctBalancedAccuracy } from '../../../models/evaluation/recall.ts'
import type { Results } from '../../commands/results.ts'
import { interval, lines, listFirst, percent } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { adviceLines } from './advice.ts'
import { gradesLine, recognizedLine } from './grades.ts'
import { and, count, more } from './plural.ts'

type Key = 'trained' | 'versions' | 'rolledBack' | 'backboneChosen'
type Change = { label: string; from: number; to: number }

const MAX_CHANGES = 5
const MAX_VERSIONS = 15

const NETWORKS: Record<Results['backboneChosen']['pictures'], string> = {
  drawings: 'the network for drawings',
  photographs: 'the network for photographs',
  both: 'two networks together, for drawings and for photographs',
}
const NEXT_TRAINING: Record<Results['backboneChosen']['retraining'], string> = {
  'at-once': 'I’ll train it in a moment.',
  after: 'I’ll train it once enough pictures are new, or now if you like.',
  schedule: 'I’ll train it when the schedule says so, or now if you like.',
  'by-hand': 'It takes a training.',
}

export const NOTHING_TRAINED = 'Nothing has been trained yet. Run `/train`.'

export function trainingResults(m: Markup): ResultWords<Key> {
  const bold = (label: string): string => `**${m.text(label)}**`

  return {
    trained: (t) =>
      lines(
        `**Version ${t.version}** learned ${count(t.labels, 'label')} from ${count(t.examples, 'picture')} in ${t.seconds.toFixed(1)} s.`,
        t.accuracy === null
          ? recognizedLine(t) || 'There are too few pictures to measure its accuracy. It takes at least two per label.'
          : `${byLabel(t)}Right about **${percent(t.accuracy)}** of the time on pictures it had not seen (95 %: ${interval(t.accuracyInterval)}).`,
        gradesLine(t),
        changes('Better now', t.improved),
        changes('Worse now', t.worsened),
        t.leftOut > 0 && `I skipped ${t.leftOut} of ${t.examples} pictures that look mislabelled.`,
        activation(t),
        ...adviceLines(t.advice, m),
        t.unhelpful.length > 0 && 'A second network wouldn’t help here, so I use only one.',
        t.suggestedBackbone !== null &&
          `These look like photographs. I would probably do better with a network for them (${Math.round(t.suggestedBackbone.bytes / 1e6)} MB): \`/backbone pictures:both\``,
      ),
    versions: ({ versions }) =>
      versions.length === 0
        ? NOTHING_TRAINED
        : listFirst([...versions].reverse(), MAX_VERSIONS, {
            line: (v) =>
              [
                v.current ? `**▸ ${v.version}**` : String(v.version),
                accuracyOf(v),
                count(v.examples, 'picture'),
                m.moment(v.madeAt),
              ].join(' · '),
            more,
          }),
    backboneChosen: ({ pictures, changed, retraining }) =>
      changed
        ? `From the next version on, I use ${NETWORKS[pictures]}. ${NEXT_TRAINING[retraining]} Until then, the active version answers as before.`
        : `I use ${NETWORKS[pictures]} already.`,
    rolledBack: ({ version, from }) =>
      `Version ${version} is now active${from === null ? '' : ` instead of version ${from}`}.`,
  }

  function activation({ reason, turned }: Results['trained']): string {
    const changed = `${and(turned.map(bold))} ${turned.length === 1 ? 'has' : 'have'} changed a lot`
    if (reason === 'turned') return `Not active yet: ${changed}. Check the pictures with \`/review\` first.`
    const note = turned.length > 0 ? ` ${changed}.` : ''
    if (reason === 'worse')
      return `Not active: it is clearly worse than the active version. \`/versions\` can still activate it.${note}`
    if (reason === 'overtaken') return 'Not active: another training that had seen later changes finished first.'
    if (reason === 'forgotten')
      return `Now active: the version before had learned from pictures that were deleted.${note}`
    return `Now active.${note}`
  }

  function changes(title: string, all: Change[]): string | false {
    const texts = all.slice(0, MAX_CHANGES).map((c) => `${m.text(c.label)} ${percent(c.from)} → ${percent(c.to)}`)
    return all.length > 0 && `${title}: ${texts.join(', ')}`
  }
}

/** Comes first where the large labels alone decide the accuracy. */
function byLabel(measured: Pick<Results['trained'], 'accuracy' | 'balancedAccuracy'>): string {
  const balanced = distinctBalancedAccuracy(measured)
  return balanced === null ? '' : `Right **${percent(balanced)}** of the time if every label counts the same.\n`
}

function accuracyOf({ accuracy, accuracyInterval: range }: Results['versions']['versions'][number]): string {
  if (accuracy === null) return '–'
  return range ? `${percent(accuracy)} (${interval(range)})` : percent(accuracy)
}
