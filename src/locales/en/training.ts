import type { Results } from '../../commands/results.ts'
import { interval, lines, listFirst, percent } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { adviceLines } from './advice.ts'
import { and, count, more } from './plural.ts'

type Key = 'trained' | 'versions' | 'rolledBack'
type Change = { label: string; from: number; to: number }

const MAX_CHANGES = 5
const MAX_VERSIONS = 15

export const NOTHING_TRAINED = 'Nothing has been trained yet. Run `/train`.'

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
        ...adviceLines(t.advice, m),
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

function accuracyOf({ accuracy, accuracyInterval: range }: Results['versions']['versions'][number]): string {
  if (accuracy === null) return '–'
  return range ? `${percent(accuracy)} (${interval(range)})` : percent(accuracy)
}
