import type { Results } from '../../commands/results.ts'
import type { Answer, Line } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { inEnglish } from './say.ts'

type Key = 'backbones' | 'backboneAdded' | 'backboneChanged' | 'backboneChosen' | 'compared'
type Facts = NonNullable<Results['backbones']['backbones'][number]['facts']>
type Choice = NonNullable<Results['backboneChanged']['choice']>

const FACTS = ['licence', 'size', 'time for a picture', 'good at']

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

export function backboneResults(m: Markup): ResultWords<Key> {
  const { bytes, command, count, milliseconds, number, percent, percentRange } = inEnglish(m)

  return {
    backbones: ({ backbones, catalogue }) => ({
      headline: `${count(backbones.length, 'network')} to read pictures with.`,
      sections: sections(
        {
          columns: ['', 'network', 'input', ...FACTS],
          lines: backbones.map(({ id, file, input, current, facts }) => [
            current ? '▸' : '',
            m.text(id),
            `${input.width}×${input.height}`,
            ...(facts ? factColumns(facts) : ['', '', '', m.text(file)]),
          ]),
        },
        {
          title: 'To add',
          columns: ['name', ...FACTS],
          lines: catalogue.map(({ name, facts }) => [name, ...factColumns(facts)]),
        },
      ),
      next: catalogue.length > 0 ? [`To add one: ${command('backbone', 'add', 'NAME')}`] : [],
    }),
    backboneAdded: ({ backbone }) => ({
      headline: `Added ${m.name(backbone)}.`,
      next: [`Next: ${command('backbone', 'compare')}`, `Or: ${command('backbone', 'use', backbone)}`],
    }),
    compared: ({ compared }) => ({
      headline: `Compared ${count(compared.length, 'network')}.`,
      sections: sections({
        columns: ['network', 'right', '95 %', 'time for a picture', 'features'],
        lines: compared.map((c) => [
          m.text(c.backbone),
          c.accuracy === null ? '–' : percent(c.accuracy),
          c.accuracyInterval ? percentRange(c.accuracyInterval) : '',
          milliseconds(c.milliseconds),
          number(c.features),
        ]),
      }),
    }),
    backboneChanged: ({ backbone, from, views, choice }): Answer => ({
      headline: `I now read pictures with ${m.name(backbone)}${backbone === from ? '' : ` instead of ${m.name(from)}`}.`,
      lines: said(
        choice && chosenBecause(choice.because),
        `Until the next training, the active version answers as before. ${count(views, 'feature vector was', 'feature vectors were')} computed.`,
      ),
      sections: sections(choice && { title: 'Not compared', lines: notCompared(choice) }),
      next: [`Next: ${command('train')}`],
    }),
    backboneChosen: ({ pictures, changed, retraining }) =>
      changed
        ? {
            headline: `From the next version on, I use ${NETWORKS[pictures]}.`,
            lines: [NEXT_TRAINING[retraining], 'Until then, the active version answers as before.'],
          }
        : { headline: `I use ${NETWORKS[pictures]} already.` },
  }

  function factColumns({ licence, bytes: size, milliseconds: time, goodAt }: Facts): string[] {
    return [licence, bytes(size), time === null ? '–' : milliseconds(time), goodAt]
  }

  function notCompared({ tooSlow, unusable }: Choice): Line[] {
    return [
      ...tooSlow.map(({ backbone, milliseconds: time }) => [
        m.text(backbone),
        `slower than the budget (${milliseconds(time)})`,
      ]),
      ...unusable.map((backbone) => [m.text(backbone), 'does not run']),
    ]
  }

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
