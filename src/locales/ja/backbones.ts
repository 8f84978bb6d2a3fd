import type { Results } from '../../commands/results.ts'
import type { Answer, Line } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { inJapanese } from './say.ts'

type Key = 'backbones' | 'backboneAdded' | 'backboneChanged' | 'backboneChosen' | 'compared'
type Facts = NonNullable<Results['backbones']['backbones'][number]['facts']>
type Choice = NonNullable<Results['backboneChanged']['choice']>

const FACTS = ['ライセンス', '大きさ', '一枚の時間', '得意なもの']

/** By what the catalogue of networks says in English. */
export const GOOD_AT: Record<string, string> = {
  'photographs of things and animals (MobileNet V2, ImageNet)': '物や動物の写真（MobileNet V2、ImageNet）',
  'photographs of birds (MobileNet V2, iNaturalist)': '鳥の写真（MobileNet V2、iNaturalist）',
  'photographs of insects (MobileNet V2, iNaturalist)': '虫の写真（MobileNet V2、iNaturalist）',
  'photographs, slowly (ResNet-50, ImageNet)': '写真、低速（ResNet-50、ImageNet）',
  'photographs, slowly (ResNet-50 V2, ImageNet)': '写真、低速（ResNet-50 V2、ImageNet）',
  'photographs, slowly (ResNet-50 in 8 bits, ImageNet)': '写真、低速（ResNet-50、8ビット、ImageNet）',
  'drawings, slowly (Inception V3 of nsfwjs)': 'イラスト、低速（nsfwjsのInception V3）',
  'drawings, characters and emoji (comes with Mekiki)': 'イラスト、キャラクター、絵文字（Mekikiに付属）',
}

const NETWORKS: Record<Results['backboneChosen']['pictures'], string> = {
  drawings: 'イラスト用のネットワーク',
  photographs: '写真用のネットワーク',
  both: 'イラスト用と写真用の二つのネットワーク',
}
const NEXT_TRAINING: Record<Results['backboneChosen']['retraining'], string> = {
  'at-once': 'まもなく自動で学習します。',
  after: '新しい画像が設定の枚数になったら学習します。今すぐ学習することもできます。',
  schedule: '予定の時刻に学習します。今すぐ学習することもできます。',
  'by-hand': '学習を実行してください。',
}

export function backboneResults(m: Markup): ResultWords<Key> {
  const { bytes, command, milliseconds, number, percent, percentRange, sheets } = inJapanese(m)

  return {
    backbones: ({ backbones, catalogue }) => ({
      headline: `画像を読むネットワークは${number(backbones.length)}個です。`,
      sections: sections(
        {
          columns: ['', 'ネットワーク', '入力', ...FACTS],
          lines: backbones.map(({ id, file, input, current, facts }) => [
            current ? '▸' : '',
            m.text(id),
            `${input.width}×${input.height}`,
            ...(facts ? factColumns(facts) : ['', '', '', m.text(file)]),
          ]),
        },
        {
          title: '追加できるもの',
          columns: ['名前', ...FACTS],
          lines: catalogue.map(({ name, facts }) => [name, ...factColumns(facts)]),
        },
      ),
      next: catalogue.length > 0 ? [`追加するには：${command('backbone', 'add', 'NAME')}`] : [],
    }),
    backboneAdded: ({ backbone }) => ({
      headline: `${m.name(backbone)} を追加しました。`,
      next: [`次の手順：${command('backbone', 'compare')}`, `または：${command('backbone', 'use', backbone)}`],
    }),
    compared: ({ compared }) => ({
      headline: `ネットワーク${number(compared.length)}個を比べました。`,
      sections: sections({
        columns: ['ネットワーク', '精度', '95％区間', '一枚の時間', '特徴量'],
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
      headline: `画像を ${m.name(backbone)} で読むようにしました${backbone === from ? '' : `（これまでは ${m.name(from)}）`}。`,
      lines: said(
        choice && chosenBecause(choice.because),
        `次の学習までは、使用中のバージョンがこれまでどおり答えます（計算した特徴量：${number(views)}件）。`,
      ),
      sections: sections(choice && { title: '比べなかったもの', lines: notCompared(choice) }),
      next: [`次の手順：${command('train')}`],
    }),
    backboneChosen: ({ pictures, changed, retraining }) =>
      changed
        ? {
            headline: `次のバージョンから、${NETWORKS[pictures]}を使います。`,
            lines: [NEXT_TRAINING[retraining], 'それまでは、使用中のバージョンがこれまでどおり答えます。'],
          }
        : { headline: `すでに${NETWORKS[pictures]}を使っています。` },
  }

  function factColumns({ licence, bytes: size, milliseconds: time, goodAt }: Facts): string[] {
    return [licence, bytes(size), time === null ? '–' : milliseconds(time), GOOD_AT[goodAt] ?? goodAt]
  }

  function notCompared({ tooSlow, unusable }: Choice): Line[] {
    return [
      ...tooSlow.map(({ backbone, milliseconds: time }) => [
        m.text(backbone),
        `指定の時間より遅い（${milliseconds(time)}）`,
      ]),
      ...unusable.map((backbone) => [m.text(backbone), '動きません']),
    ]
  }

  function chosenBecause(because: Choice['because']): string {
    switch (because.reason) {
      case 'only':
        return 'ほかに比べられるものはありません。'
      case 'unmeasured':
        return '比べるには画像が少なすぎるため、最も単純なものを選びました。'
      case 'simplest':
        return '偶然とはいえないほど優れたものがほかにないため、最も単純なものを選びました。'
      case 'better':
        return `${m.name(because.than)} より、偶然とはいえないほど優れています（こちらだけ正解${sheets(because.wins)}、あちらだけ正解${sheets(because.losses)}）。`
    }
  }
}
