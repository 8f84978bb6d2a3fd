import type { Results } from '../../commands/results.ts'
import { layOutBackbones } from '../layouts/backbones.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { inJapanese } from './say.ts'

type Choice = NonNullable<Results['backboneChanged']['choice']>

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

export function backboneResults(m: Markup) {
  const say = inJapanese(m)
  const { command, number, sheets } = say

  return {
    ...layOutBackbones(m, say, {
      headline: (networks) => `画像を読むネットワークは${number(networks)}個です。`,
      columns: {
        network: 'ネットワーク',
        input: '入力',
        name: '名前',
        accuracy: '精度',
        interval: '95％区間',
        features: '特徴量',
      },
      facts: ['ライセンス', '大きさ', '一枚の時間', '得意なもの'],
      goodAt: (english) => GOOD_AT[english] ?? english,
      toAdd: { title: '追加できるもの', command: `追加するには：${command('backbone', 'add', 'NAME')}` },
      compared: (networks) => `ネットワーク${number(networks)}個を比べました。`,
      changed: (backbone, from) =>
        `画像を ${backbone} で読むようにしました${from === null ? '' : `（これまでは ${from}）`}。`,
      because: chosenBecause,
      untilTrained: (featureVectors) =>
        `次の学習までは、使用中のバージョンがこれまでどおり答えます（計算した特徴量：${number(featureVectors)}件）。`,
      notCompared: {
        title: '比べなかったもの',
        tooSlow: (time) => `指定の時間より遅い（${time}）`,
        unusable: '動きません',
      },
      toTrain: `次の手順：${command('train')}`,
    }),
    backboneAdded: ({ backbone }) => ({
      headline: `${m.name(backbone)} を追加しました。`,
      next: [`次の手順：${command('backbone', 'compare')}`, `または：${command('backbone', 'use', backbone)}`],
    }),
    backboneChosen: ({ pictures, changed, retraining }) =>
      changed
        ? {
            headline: `次のバージョンから、${NETWORKS[pictures]}を使います。`,
            lines: [NEXT_TRAINING[retraining], 'それまでは、使用中のバージョンがこれまでどおり答えます。'],
          }
        : { headline: `すでに${NETWORKS[pictures]}を使っています。` },
  } satisfies SomeResults

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
