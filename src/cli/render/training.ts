import type { Results } from '../../commands/results.ts'
import { accuracySentence } from './accuracy.ts'
import { adviceLines } from './advice.ts'
import { count, lines, list, percent, plain } from './format.ts'
import { gradesLine } from './grades.ts'
import { hint, type Where } from './hint.ts'

type Trained = Results['trained']

/** Labels that are named in one line. */
const MAX_LABELS = 5

export function trained(t: Trained, where: Where): string {
  const inSeconds = `${t.seconds.toFixed(1)} s`
  return lines(
    `Trained version ${t.version} on ${count(t.labels, 'label')}, ${count(t.examples, 'picture')} in ${inSeconds}. ${accuracySentence(t)}`,
    gradesLine(t),
    t.labels > 1 &&
      `${CHOSEN[t.because](t.head)}${t.skipped.length > 0 ? ` Not compared, too slow for --budget: ${t.skipped.join(', ')}.` : ''}`,
    backbonesLine(t),
    changedLine('Better than before', t.improved),
    changedLine('Worse than before', t.worsened),
    t.leftOut > 0 &&
      `Left out ${count(t.leftOut, 'picture that clearly contradicts its label', 'pictures that clearly contradict their labels')}.`,
    t.flagged > 0 && `${count(t.flagged, 'picture looks', 'pictures look')} mislabelled: ${hint(where, 'review')}`,
    t.turned.length > 0 && `These labels now look like something else: ${list(t.turned.map(plain), MAX_LABELS)}.`,
    activation(t, where),
    ...adviceLines(t.advice, where),
    t.suggestedBackbone !== null && suggestionLine(t.suggestedBackbone, where),
  )
}

const CHOSEN: Record<Trained['because'], (head: string) => string> = {
  only: (head) => `Classifier: ${head}, as asked.`,
  unmeasured: (head) => `Classifier: ${head}; there is too little to compare kinds.`,
  simplest: (head) => `Classifier: ${head}; no other kind is clearly better.`,
  better: (head) => `Classifier: ${head}; clearly better than the simpler kinds.`,
}

const suggestionLine = ({ use, bytes }: NonNullable<Trained['suggestedBackbone']>, where: Where): string =>
  `These look like photographs: ${hint(where, 'backbone', 'use', use)} (${Math.round(bytes / 1e6)} MB) would probably help.`

/** Only where there is a choice: most datasets use the embedded backbone alone. */
function backbonesLine({ backbones, unhelpful }: Trained): string {
  if (backbones.length + unhelpful.length < 2) return ''
  const answering = backbones.map(plain).join(' and ')
  if (unhelpful.length === 0) return `Backbones: ${answering} answer together.`
  return `Backbone: ${answering} alone; with ${unhelpful.map(plain).join(' and ')} it is no better, so only one network runs.`
}

function changedLine(title: string, changes: Trained['improved']): string {
  const named = changes.map((c) => `${plain(c.label)} (${percent(c.from)} → ${percent(c.to)})`)
  return named.length === 0 ? '' : `${title}: ${list(named, MAX_LABELS)}.`
}

function activation({ version, promoted, reason }: Trained, where: Where): string {
  if (promoted) return 'It is active now.'
  if (reason === 'overtaken') return 'It is not active: another training that had seen later changes finished first.'
  const why = reason === 'worse' ? 'it is clearly worse than the active version' : 'have a look at these labels first'
  return `It is not active: ${why}. To activate it anyway: ${hint(where, 'rollback', version)}`
}
