import { layOutTraining, type TrainingWords } from '../layouts/training.ts'
import { layOutVersions } from '../layouts/versions.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { adviceWords } from './advice.ts'
import { grades } from './grades.ts'
import { inEnglish } from './say.ts'

const CHOSEN = {
  only: 'as asked',
  unmeasured: 'there is too little to compare kinds',
  simplest: 'no other kind is clearly better',
  better: 'clearly better than the simpler kinds',
}

const activated = (changed: string): string => `Now active. ${changed}`.trim()

const ACTIVATION: TrainingWords['activation'] = {
  first: activated,
  'other-labels': activated,
  'as-good': activated,
  turned: (changed) => `Not active yet: ${changed}`,
  worse: (changed) => `Not active: it is clearly worse than the active version. ${changed}`.trim(),
  overtaken: () => 'Not active: another training that had seen later changes finished first.',
  forgotten: (changed) =>
    `Now active: the version before had learned from pictures that were deleted. ${changed}`.trim(),
}

export const nothingTrained = (m: Markup): string =>
  `Nothing has been trained yet. To train: ${inEnglish(m).command('train')}`

export function trainingResults(m: Markup) {
  const say = inEnglish(m)
  const { and, command, count, more } = say
  const labels = (n: number): string => count(n, 'label')
  const pictures = (n: number): string => count(n, 'picture')

  return {
    ...layOutTraining(m, say, {
      headline: (rightness) => `Learned. ${rightness}`,
      accuracy: {
        unmeasured: 'There are too few pictures to say how often I’m right: it takes two for each label.',
        right: (share) => `${share} right on pictures I had not seen.`,
        rightByLabel: (mean, ofAll) =>
          `${mean} right on pictures I had not seen if every label counts the same, ${ofAll} of all pictures.`,
      },
      activation: ACTIVATION,
      changed(names, others) {
        const all = others > 0 ? [...names, count(others, 'other label')] : names
        return `${and(all)} ${all.length === 1 ? 'has' : 'have'} changed a lot.`
      },
      leftOut: (leftOut, examples) => `I skipped ${leftOut} of ${pictures(examples)} that look mislabelled.`,
      suggested: (bytes, use) =>
        `These look like photographs. I would probably do better with a network for them (${bytes}): ${command('backbone', 'use', use)}`,
      titles: { advice: 'What would help', improved: 'Better than before', worsened: 'Worse than before' },
      advice: adviceWords(m),
      grades,
      details: {
        title: 'Details',
        names: {
          version: 'Version',
          examples: 'Learned from',
          time: 'Time',
          interval: '95 % interval of the accuracy',
          head: 'Classifier',
          skipped: 'Not compared, too slow',
          backbone: 'Network',
          backbones: 'Networks',
          flagged: 'Look mislabelled',
        },
        examples: (examples, ofLabels) => `${labels(ofLabels)}, ${pictures(examples)}`,
        head: (head, because) => `${head}: ${CHOSEN[because]}`,
        together: (backbones) => `${backbones} answer together`,
        alone: (backbones, unhelpful) => `${backbones} alone: with ${unhelpful} it is no better`,
        flagged: pictures,
      },
      toReview: `To see what looks mislabelled: ${command('review')}`,
      toActivate: (version) => `To activate it anyway: ${command('rollback', version)}`,
    }),
    ...layOutVersions(m, say, {
      none: nothingTrained(m),
      headline: (versions, active) =>
        `${count(versions, 'version')}${active === undefined ? '' : `; version ${active} is active`}.`,
      columns: ['', 'version', 'trained', 'right', '95 %', 'labels', 'pictures', 'classifier', 'changes'],
      labels,
      pictures,
      added: (label) => `+${label}`,
      removed: (label) => `−${label}`,
      changes: (changes, others) => changes.join(', ') + (others > 0 ? ` ${more(others)}` : ''),
      compared: (from, to) =>
        `Version ${from.version} against version ${to.version}: ${from.right} → ${to.right} right.`,
      onlyIn: (version, names) => `Only in version ${version}: ${names}.`,
    }),
    rolledBack: ({ version, from }) => ({
      headline: `Version ${version} is now active${from === null ? '' : ` instead of version ${from}`}.`,
    }),
  } satisfies SomeResults
}
