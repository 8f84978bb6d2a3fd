import { layOutTraining, type TrainingWords } from '../layouts/training.ts'
import { layOutVersions } from '../layouts/versions.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { adviceWords } from './advice.ts'
import { grades } from './grades.ts'
import { inJapanese } from './say.ts'

const CHOSEN = {
  only: '指定のとおり',
  unmeasured: '比べるには画像が少なすぎます',
  simplest: '明らかに優れたものがほかにありません',
  better: 'より単純なものより明らかに優れています',
}

const activated = (changed: string): string => `このバージョンに切り替えました。${changed}`

const ACTIVATION: TrainingWords['activation'] = {
  first: activated,
  'other-labels': activated,
  'as-good': activated,
  turned: (changed) => `まだ切り替えていません。${changed}`,
  worse: (changed) => `使用中のバージョンより明らかに悪いため、切り替えていません。${changed}`,
  overtaken: () => 'より新しい変更を学習した別のバージョンが先にできたため、切り替えていません。',
  forgotten: (changed) =>
    `このバージョンに切り替えました。これまでのバージョンは、その後に削除された画像も学習していました。${changed}`,
}

export const nothingTrained = (m: Markup): string =>
  `まだ学習していません。学習するには：${inJapanese(m).command('train')}`

export function trainingResults(m: Markup) {
  const say = inJapanese(m)
  const { and, command, more, number, sheets } = say
  const labels = (n: number): string => `ラベル${number(n)}個`

  return {
    ...layOutTraining(m, say, {
      headline: (rightness) => `学習しました。${rightness}`,
      accuracy: {
        unmeasured: '画像が少なすぎて精度を測れません。ラベルごとに二枚以上必要です。',
        right: (share) => `学習に使っていない画像の ${share} に正解しました。`,
        rightByLabel: (mean, ofAll) =>
          `学習に使っていない画像での正解率は、ラベルごとの平均で ${mean}、画像全体で ${ofAll} です。`,
      },
      activation: ACTIVATION,
      changed: (names, others) =>
        `${and(names)} ${others > 0 ? `ほか${number(others)}個のラベル` : ''}が大きく変わりました。`,
      leftOut: (leftOut, examples) =>
        `${sheets(examples)}のうち${sheets(leftOut)}は、ラベルが間違っていそうなので使いませんでした。`,
      suggested: (bytes, use) =>
        `写真が多いようです。写真用のネットワーク（${bytes}）を使うと、もっと良くなりそうです：${command('backbone', 'use', use)}`,
      titles: { advice: '良くするには', improved: '良くなったラベル', worsened: '悪くなったラベル' },
      advice: adviceWords(m),
      grades,
      details: {
        title: '詳細',
        names: {
          version: 'バージョン',
          examples: '学習したもの',
          time: '時間',
          interval: '精度の95％区間',
          head: '分類器',
          skipped: '時間がかかるため比べなかったもの',
          backbone: 'ネットワーク',
          backbones: 'ネットワーク',
          flagged: 'ラベルが間違っていそうな画像',
        },
        examples: (examples, ofLabels) => `${labels(ofLabels)}、画像${sheets(examples)}`,
        head: (head, because) => `${head}：${CHOSEN[because]}`,
        together: (backbones) => `${backbones} を一緒に使います`,
        alone: (backbones, unhelpful) => `${backbones} だけを使います（${unhelpful} を加えても良くなりません）`,
        flagged: sheets,
      },
      toReview: `ラベルが間違っていそうな画像を見るには：${command('review')}`,
      toActivate: (version) => `それでも切り替えるには：${command('rollback', version)}`,
    }),
    ...layOutVersions(m, say, {
      none: nothingTrained(m),
      headline: (versions, active) =>
        `バージョンは${number(versions)}個です。${active === undefined ? '' : `使用中はバージョン${active}です。`}`,
      columns: ['', 'バージョン', '学習日時', '精度', '95％区間', 'ラベル', '画像', '分類器', 'ラベルの変化'],
      labels,
      pictures: sheets,
      added: (label) => `＋${label}`,
      removed: (label) => `－${label}`,
      changes: (changes, others) => changes.join('、') + (others > 0 ? ` ${more(others)}` : ''),
      compared: (from, to) => `バージョン${from.version}と${to.version}の比較：精度 ${from.right} → ${to.right}`,
      onlyIn: (version, names) => `バージョン${version}だけにあるラベル：${names}`,
    }),
    rolledBack: ({ version, from }) => ({
      headline: `バージョン${version}に切り替えました${from === null ? '' : `（これまではバージョン${from}）`}。`,
    }),
  } satisfies SomeResults
}
