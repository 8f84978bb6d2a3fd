import { distinctBalancedAccuracy } from '../../../models/evaluation/recall.ts'
import type { Results } from '../../commands/results.ts'
import type { Answer, Line, Section } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { adviceLines } from './advice.ts'
import { gradesSection, recognizedLine } from './grades.ts'
import { inJapanese } from './say.ts'

type Key = 'trained' | 'versions' | 'versionsCompared' | 'rolledBack'
type Trained = Results['trained']
type Version = Results['versions']['versions'][number]

/** Labels that are named in one line. */
const MAX_NAMED = 5
const MAX_CHANGES = 3

const CHOSEN: Record<Trained['because'], string> = {
  only: '指定のとおり',
  unmeasured: '比べるには画像が少なすぎます',
  simplest: '明らかに優れたものがほかにありません',
  better: 'より単純なものより明らかに優れています',
}

export const nothingTrained = (m: Markup): string =>
  `まだ学習していません。学習するには：${inJapanese(m).command('train')}`

export function trainingResults(m: Markup): ResultWords<Key> {
  const { and, bytes, command, duration, more, number, percent, percentRange, sheets } = inJapanese(m)

  return {
    trained(t): Answer {
      const suggested = t.suggestedBackbone
      return {
        headline: `学習しました。${rightness(t)}`,
        lines: said(
          activation(t),
          t.leftOut > 0 &&
            `${sheets(t.examples)}のうち${sheets(t.leftOut)}は、ラベルが間違っていそうなので使いませんでした。`,
          suggested &&
            `写真が多いようです。写真用のネットワーク（${bytes(suggested.bytes)}）を使うと、もっと良くなりそうです：${command('backbone', 'use', suggested.use)}`,
        ),
        sections: sections(
          { title: '良くするには', lines: adviceLines(m, t.advice) },
          { title: '良くなったラベル', lines: t.improved.map(change) },
          { title: '悪くなったラベル', lines: t.worsened.map(change) },
          gradesSection(m, t),
          details(t),
        ),
        next: [
          t.flagged > 0 ? `ラベルが間違っていそうな画像を見るには：${command('review')}` : '',
          !t.promoted && t.reason !== 'overtaken' ? `それでも切り替えるには：${command('rollback', t.version)}` : '',
        ].filter(Boolean),
      }
    },
    versions({ versions }): Answer {
      const active = versions.find((v) => v.current)
      if (versions.length === 0) return { headline: nothingTrained(m) }
      return {
        headline: `バージョンは${number(versions.length)}個です。${active ? `使用中はバージョン${active.version}です。` : ''}`,
        sections: [
          {
            columns: ['', 'バージョン', '学習日時', '精度', '95％区間', 'ラベル', '画像', '分類器', 'ラベルの変化'],
            lines: versions.map((v, i) => row(v, i === 0)).reverse(),
          },
        ],
      }
    },
    versionsCompared({ from, to, labels, labelsAdded, labelsRemoved }): Answer {
      return {
        headline: `バージョン${from.version}と${to.version}の比較：精度 ${share(from.accuracy)} → ${share(to.accuracy)}`,
        lines: said(
          labelsAdded.length > 0 && `バージョン${to.version}だけにあるラベル：${and(labelsAdded.map(m.name))}`,
          labelsRemoved.length > 0 && `バージョン${from.version}だけにあるラベル：${and(labelsRemoved.map(m.name))}`,
        ),
        sections: sections({ lines: labels.map((l) => [m.name(l.label), `${share(l.from)} → ${share(l.to)}`]) }),
      }
    },
    rolledBack: ({ version, from }) => ({
      headline: `バージョン${version}に切り替えました${from === null ? '' : `（これまではバージョン${from}）`}。`,
    }),
  }

  function share(value: number | null): string {
    return value === null ? '–' : percent(value)
  }

  function rightness(t: Trained): string {
    if (t.accuracy === null)
      return recognizedLine(m, t) || '画像が少なすぎて精度を測れません。ラベルごとに二枚以上必要です。'
    const balanced = distinctBalancedAccuracy(t)
    return balanced === null
      ? `学習に使っていない画像の ${m.bold(percent(t.accuracy))} に正解しました。`
      : `学習に使っていない画像での正解率は、ラベルごとの平均で ${m.bold(percent(balanced))}、画像全体で ${m.bold(percent(t.accuracy))} です。`
  }

  function activation({ reason, turned }: Trained): string {
    const named = and(turned.slice(0, MAX_NAMED).map(m.name))
    const others = turned.length > MAX_NAMED ? ` ほか${number(turned.length - MAX_NAMED)}個のラベル` : ''
    const changed = turned.length === 0 ? '' : `${named}${others || ' '}が大きく変わりました。`
    switch (reason) {
      case 'turned':
        return `まだ切り替えていません。${changed}`
      case 'worse':
        return `使用中のバージョンより明らかに悪いため、切り替えていません。${changed}`
      case 'overtaken':
        return 'より新しい変更を学習した別のバージョンが先にできたため、切り替えていません。'
      case 'forgotten':
        return `このバージョンに切り替えました。これまでのバージョンは、その後に削除された画像も学習していました。${changed}`
      default:
        return `このバージョンに切り替えました。${changed}`
    }
  }

  function change({ label, from, to }: Trained['improved'][number]): Line {
    return [m.name(label), `${percent(from)} → ${percent(to)}`]
  }

  function details(t: Trained): Section {
    return {
      title: '詳細',
      lines: said(
        ['バージョン', `${t.version}`],
        ['学習したもの', `ラベル${number(t.labels)}個、画像${sheets(t.examples)}`],
        ['時間', duration(t.seconds)],
        t.accuracyInterval && ['精度の95％区間', percentRange(t.accuracyInterval)],
        t.labels > 1 && ['分類器', `${t.head}：${CHOSEN[t.because]}`],
        t.skipped.length > 0 && ['時間がかかるため比べなかったもの', and(t.skipped)],
        backbones(t),
        t.flagged > 0 && ['ラベルが間違っていそうな画像', sheets(t.flagged)],
      ),
    }
  }

  /** Only where there is a choice: most datasets use the embedded network alone. */
  function backbones({ backbones, unhelpful }: Trained): Line | false {
    if (backbones.length + unhelpful.length < 2) return false
    const answering = and(backbones.map((b) => m.text(b)))
    if (unhelpful.length === 0) return ['ネットワーク', `${answering} を一緒に使います`]
    return [
      'ネットワーク',
      `${answering} だけを使います（${and(unhelpful.map((b) => m.text(b)))} を加えても良くなりません）`,
    ]
  }

  function row(v: Version, isFirst: boolean): Line {
    return [
      v.current ? '▸' : '',
      m.bold(`${v.version}`),
      m.moment(v.madeAt),
      v.accuracy === null ? '–' : percent(v.accuracy),
      v.accuracyInterval ? percentRange(v.accuracyInterval) : '',
      `ラベル${number(v.labels)}個`,
      sheets(v.examples),
      m.technical(v.head),
      isFirst ? '' : labelChanges(v),
    ]
  }

  function labelChanges({ labelsAdded, labelsRemoved }: Version): string {
    const changes = [...labelsAdded.map((l) => `＋${m.text(l)}`), ...labelsRemoved.map((l) => `－${m.text(l)}`)]
    const shown = changes.slice(0, MAX_CHANGES).join('、')
    return changes.length > MAX_CHANGES ? `${shown} ${more(changes.length - MAX_CHANGES)}` : shown
  }
}
