import type { Advice } from '../../../models/evaluation/advice.ts'
import type { Results } from '../../commands/results.ts'
import { interval, lines, listFirst, mebibytes, percent } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { slash } from './commands.ts'
import { more } from './more.ts'

type Key = 'trained' | 'stats' | 'versions' | 'rolledBack'
type Stats = Results['stats']
type Change = { label: string; from: number; to: number }

const MAX_CHANGES = 5
const MAX_CONFUSIONS = 5
const MAX_LABELS = 15
const MAX_VERSIONS = 15
/** Twice as many pictures are worth mentioning from this gain of accuracy on. */
const WORTHWHILE_GAIN = 0.005

const NOTHING_TRAINED = `まだ学習していません。${slash('train')} で学習できます。`

export function trainingResults(m: Markup): ResultWords<Key> {
  const bold = (label: string): string => `**${m.text(label)}**`

  return {
    trained: (t) =>
      lines(
        `**バージョン${t.version}**：${t.labels}個のラベルを${t.examples}枚から${t.seconds.toFixed(1)}秒で学習しました。`,
        t.accuracy === null
          ? '画像が少なすぎて精度を測れません。ラベルごとに二枚以上必要です。'
          : `学習に使っていない画像の **${percent(t.accuracy)}** に正解しました（95％区間 ${interval(t.accuracyInterval)}）。`,
        changes('良くなったラベル', t.improved),
        changes('悪くなったラベル', t.worsened),
        t.leftOut > 0 && `${t.examples}枚のうち${t.leftOut}枚は、ラベルが間違っていそうなので使いませんでした。`,
        activation(t),
        ...advise(t.advice),
      ),
    stats: (s) =>
      lines(
        active(s),
        feedback(s),
        s.calibrationError !== null && `確信度のずれは平均 ${percent(s.calibrationError)} です。`,
        s.confusions.length > 0 && `**間違えやすい組**\n${confusions(s)}`,
        ...suspects(s),
        ...(s.advice ? advise(s.advice) : []),
        `**ラベル**\n${listFirst(s.labels, MAX_LABELS, { line: (l) => `${m.text(l.label)} · ${l.examples}枚`, more }) || '–'}`,
        `バージョン ${s.versions.length} · 待っている画像 ${s.queue.waiting} · 実行中の学習 ${s.queue.trainings}`,
        `${s.speed.milliseconds === null ? '' : `一枚 ${Math.round(s.speed.milliseconds)} ミリ秒 · `}画像 ${s.storage.pictures}枚 · データベース ${mebibytes(s.storage.databaseBytes)}`,
      ),
    versions: ({ versions }) =>
      versions.length === 0
        ? NOTHING_TRAINED
        : listFirst([...versions].reverse(), MAX_VERSIONS, {
            line: (v) =>
              [
                v.current ? `**▸ ${v.version}**` : String(v.version),
                v.accuracy === null ? '–' : `${percent(v.accuracy)}（${interval(v.accuracyInterval)}）`,
                `${v.examples}枚`,
                m.moment(v.madeAt),
              ].join(' · '),
            more,
          }),
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
    return `このバージョンに切り替えました。${note}`
  }

  function changes(title: string, all: Change[]): string | false {
    const texts = all.slice(0, MAX_CHANGES).map((c) => `${m.text(c.label)} ${percent(c.from)} → ${percent(c.to)}`)
    return all.length > 0 && `${title}：${texts.join('、')}`
  }

  function advise({ needMore, alike, twice }: Advice): string[] {
    const wanted = needMore.map(({ label, examples, recall }) =>
      recall === null
        ? `${m.text(label)}（${examples}枚のみ）`
        : `${m.text(label)}（${examples}枚中${percent(recall)}正解）`,
    )
    return [
      wanted.length > 0 ? `画像を増やすとよいラベル：${wanted.join('、')}` : '',
      ...alike.map(
        ({ labels: [one, other] }) =>
          `${bold(one)} と ${bold(other)} は同じものに見えます。${slash('labels')} の \`merge\` で統合できます。`,
      ),
      twice && twice.doubled - twice.now > WORTHWHILE_GAIN
        ? `画像が二倍になれば、精度はおよそ ${percent(twice.doubled)}（今は ${percent(twice.now)}）になりそうです。`
        : '',
    ]
  }

  function active({ version, head, accuracy, accuracyInterval }: Stats): string {
    if (version === null) return NOTHING_TRAINED
    const measured =
      accuracy === null ? '精度は未測定' : `精度 **${percent(accuracy)}**（95％区間 ${interval(accuracyInterval)}）`
    return `**バージョン${version}**（${head}）· ${measured}`
  }

  function feedback({ live }: Stats): string {
    return live.accuracy === null
      ? 'フィードバックはまだありません。答えの下の「正解」か「不正解」を押してください。'
      : `フィードバック：${live.judged}件のうち **${percent(live.accuracy)}** が正解（95％区間 ${interval(live.interval)}）`
  }

  function confusions({ confusions }: Stats): string {
    return listFirst(confusions, MAX_CONFUSIONS, {
      line: (c) => `${m.text(c.label)} → ${m.text(c.takenFor)} · ${c.count}`,
      more,
    })
  }

  function suspects({ survey }: Stats): string[] {
    if (!survey) return []
    const { flagged, leftOut, copies, conflicts, teachers } = survey
    return [
      `疑わしい画像 ${flagged} · 学習に使わない画像 ${leftOut} · 重複 ${copies} · 二つのラベルにある画像 ${conflicts}`,
      ...teachers.map(
        (t) =>
          `⚠️ ${m.person(t.teacher)} さんが登録した${t.examples}枚の ${percent(t.suspected)} は、ラベルが間違っていそうです（ほかの人：${percent(t.others)}）。`,
      ),
    ]
  }
}
