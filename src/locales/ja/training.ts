import { distinctBalancedAccuracy } from '../../../models/evaluation/recall.ts'
import type { Results } from '../../commands/results.ts'
import { interval, lines, listFirst, percent } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { adviceLines } from './advice.ts'
import { slash } from './commands.ts'
import { gradesLine, recognizedLine } from './grades.ts'
import { more } from './more.ts'

type Key = 'trained' | 'versions' | 'rolledBack' | 'backboneChosen'
type Change = { label: string; from: number; to: number }

const MAX_CHANGES = 5
const MAX_VERSIONS = 15

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

export const NOTHING_TRAINED = `まだ学習していません。${slash('train')} で学習できます。`

export function trainingResults(m: Markup): ResultWords<Key> {
  const bold = (label: string): string => `**${m.text(label)}**`

  return {
    trained: (t) =>
      lines(
        `**バージョン${t.version}**：${t.labels}個のラベルを${t.examples}枚から${t.seconds.toFixed(1)}秒で学習しました。`,
        t.accuracy === null
          ? recognizedLine(t) || '画像が少なすぎて精度を測れません。ラベルごとに二枚以上必要です。'
          : `${byLabel(t)}学習に使っていない画像の **${percent(t.accuracy)}** に正解しました（95％区間 ${interval(t.accuracyInterval)}）。`,
        gradesLine(t),
        changes('良くなったラベル', t.improved),
        changes('悪くなったラベル', t.worsened),
        t.leftOut > 0 && `${t.examples}枚のうち${t.leftOut}枚は、ラベルが間違っていそうなので使いませんでした。`,
        activation(t),
        ...adviceLines(t.advice, m),
        t.unhelpful.length > 0 && '二つ目のネットワークを使っても良くならないため、一つだけを使います。',
        t.suggestedBackbone !== null &&
          `写真が多いようです。写真用のネットワーク（${Math.round(t.suggestedBackbone.bytes / 1e6)} MB）も使うと、もっと良くなりそうです：${slash('backbone')} の \`pictures:both\``,
      ),
    versions: ({ versions }) =>
      versions.length === 0
        ? NOTHING_TRAINED
        : listFirst([...versions].reverse(), MAX_VERSIONS, {
            line: (v) =>
              [
                v.current ? `**▸ ${v.version}**` : String(v.version),
                accuracyOf(v),
                `${v.examples}枚`,
                m.moment(v.madeAt),
              ].join(' · '),
            more,
          }),
    backboneChosen: ({ pictures, changed, retraining }) =>
      changed
        ? `次のバージョンから、${NETWORKS[pictures]}を使います。${NEXT_TRAINING[retraining]}それまでは、使用中のバージョンがこれまでどおり答えます。`
        : `すでに${NETWORKS[pictures]}を使っています。`,
    rolledBack: ({ version, from }) =>
      `バージョン${version}に切り替えました${from === null ? '' : `（これまではバージョン${from}）`}。`,
  }

  function activation({ reason, turned }: Results['trained']): string {
    const changed = `${turned.map(bold).join('、')} が大きく変わりました。`
    if (reason === 'turned')
      return `まだ切り替えていません。${changed}まず ${slash('review')} で画像を確かめてください。`
    const note = turned.length > 0 ? changed : ''
    if (reason === 'worse')
      return `使用中のバージョンより明らかに悪いため、切り替えていません。${slash('versions')} で切り替えられます。${note}`
    if (reason === 'overtaken') return 'より新しい変更を学習した別のバージョンが先にできたため、切り替えていません。'
    if (reason === 'forgotten')
      return `このバージョンに切り替えました。これまでのバージョンは、その後に削除された画像も学習していました。${note}`
    return `このバージョンに切り替えました。${note}`
  }

  function changes(title: string, all: Change[]): string | false {
    const texts = all.slice(0, MAX_CHANGES).map((c) => `${m.text(c.label)} ${percent(c.from)} → ${percent(c.to)}`)
    return all.length > 0 && `${title}：${texts.join('、')}`
  }
}

/** Comes first where the large labels alone decide the accuracy. */
function byLabel(measured: Pick<Results['trained'], 'accuracy' | 'balancedAccuracy'>): string {
  const balanced = distinctBalancedAccuracy(measured)
  return balanced === null ? '' : `ラベルごとの正解率の平均は **${percent(balanced)}** です。\n`
}

function accuracyOf({ accuracy, accuracyInterval: range }: Results['versions']['versions'][number]): string {
  if (accuracy === null) return '–'
  return range ? `${percent(accuracy)}（${interval(range)}）` : percent(accuracy)
}
