import type { Results } from '../../commands/results.ts'
import { layOutBackbones } from '../layouts/backbones.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { inEnglish } from './say.ts'

type Choice = NonNullable<Results['backboneChanged']['choice']>

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

export function backboneResults(m: Markup) {
  const say = inEnglish(m)
  const { command, count, number } = say

  return {
    ...layOutBackbones(m, say, {
      headline: (networks) => `${count(networks, 'network')} to read pictures with.`,
      columns: {
        network: 'network',
        input: 'input',
        name: 'name',
        accuracy: 'right',
        interval: '95 %',
        features: 'features',
      },
      facts: ['licence', 'size', 'time for a picture', 'good at'],
      goodAt: (english) => english,
      toAdd: { title: 'To add', command: `To add one: ${command('backbone', 'add', 'NAME')}` },
      compared: (networks) => `Compared ${count(networks, 'network')}.`,
      changed: (backbone, from) => `I now read pictures with ${backbone}${from === null ? '' : ` instead of ${from}`}.`,
      because: chosenBecause,
      untilTrained: (featureVectors) =>
        `Until the next training, the active version answers as before. ${count(featureVectors, 'feature vector was', 'feature vectors were')} computed.`,
      notCompared: {
        title: 'Not compared',
        tooSlow: (time) => `slower than the budget (${time})`,
        unusable: 'does not run',
      },
      toTrain: `Next: ${command('train')}`,
    }),
    backboneAdded: ({ backbone }) => ({
      headline: `Added ${m.name(backbone)}.`,
      next: [`Next: ${command('backbone', 'compare')}`, `Or: ${command('backbone', 'use', backbone)}`],
    }),
    backboneChosen: ({ pictures, changed, retraining }) =>
      changed
        ? {
            headline: `From the next version on, I use ${NETWORKS[pictures]}.`,
            lines: [NEXT_TRAINING[retraining], 'Until then, the active version answers as before.'],
          }
        : { headline: `I use ${NETWORKS[pictures]} already.` },
  } satisfies SomeResults

  function chosenBecause(because: Choice['because']): string {
    switch (because.reason) {
      case 'only':
        return 'There is no other one to compare it with.'
      case 'unmeasured':
        return 'It is the simplest one; there are too few pictures to compare them.'
      case 'simplest':
        return 'It is the simplest one; no other is better by more than chance.'
      case 'better':
        return `It is better than ${m.name(because.than)} by more than chance: right on ${count(because.wins, 'picture')} that the other got wrong, and wrong on ${number(because.losses)} that the other got right.`
    }
  }
}
