import type { Results } from '../../commands/results.ts'
import type { Answer, Line } from '../answer.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import { rejectedFiles } from '../rejected.ts'
import type { ResultWords } from '../words.ts'
import { describeLearned } from './answering.ts'
import { describeUndecided } from './decisions.ts'
import { errors } from './errors.ts'
import { inJapanese } from './say.ts'

type Key = 'added' | 'removed' | 'moved' | 'undone' | 'labels' | 'labelRenamed' | 'labelsMerged' | 'exported' | 'sorted'

type Restored = NonNullable<Results['added']['restored']>

/** Labels that are written alike and said so: two lines of three. */
const MAX_ALIKE = 2

export function datasetResults(m: Markup): ResultWords<Key> {
  const { and, command, more, number, sheets } = inJapanese(m)
  const withRejected = rejectedFiles(
    {
      one: (name, why) => `${name} は処理できませんでした：${why}`,
      title: (files) => `処理できなかったファイル：${number(files)}件`,
      more,
    },
    errors(m),
    m,
  )
  const describeSkipped = (skipped: number): string =>
    skipped > 0
      ? `フォルダーの中の、隠しファイル、システムのファイル、画像でないもの${number(skipped)}件を飛ばしました。`
      : ''

  function describeRestored({ excluded, withdrawn, decisions, isYours }: Restored): Line[] {
    const states = [
      excluded > 0 ? [`除外${sheets(excluded)}`] : [],
      withdrawn > 0 ? [`取り下げ${sheets(withdrawn)}`] : [],
    ].flat()
    return said(
      states.length > 0 && `書き出したときの状態のまま取り込みました：${states.join('、')}。`,
      decisions > 0 && `見直しの判断${number(decisions)}件も取り込みました。`,
      isYours && '書き出しでは登録した人を確かめられないため、すべてあなたの登録になります。',
    )
  }

  return {
    added({
      added,
      duplicates,
      rejected,
      label,
      labels = [],
      skipped = 0,
      parts = [],
      folders = 0,
      restored,
      learned,
    }): Answer {
      const several = labels.length > 0 ? `${number(labels.length)}個のラベルに` : ''
      const to = label === undefined ? several : `${m.name(label)} に`
      const there = duplicates > 0 ? `${sheets(duplicates)}はすでに登録されています。` : ''
      return withRejected(
        {
          headline: added > 0 ? `${to}${sheets(added)}を登録しました。` : there || '何も登録されませんでした。',
          lines: said(learned && describeLearned(m, learned), added > 0 && there, describeSkipped(skipped)),
          sections: sections(
            { lines: labels.map((l) => [m.name(l.label), sheets(l.added)]) },
            {
              lines: said(
                parts.length > 0 &&
                  `${and(parts.map((part) => m.text(part)))} を一つのデータセットとみなし、ラベルをまとめました。`,
                ...(restored ? describeRestored(restored) : []),
                folders > 1 &&
                  `${number(folders)}個のフォルダーに入っていました。フォルダーの名前をラベルにするには：${command('import')}`,
              ),
            },
          ),
          next: added > 0 ? [`次の手順：${command('train')}`] : [],
        },
        rejected,
      )
    },
    removed: ({ removed, rejected, refused = 0 }) =>
      withRejected(
        {
          headline: removed > 0 ? `${sheets(removed)}をラベルから外しました。` : '外した画像はありません。',
          lines: describeUndecided(m, { waiting: 0, refused }),
        },
        rejected,
      ),
    moved: ({ label, moved, unchanged, waiting = 0, refused = 0, rejected, skipped = 0 }) =>
      withRejected(
        {
          headline:
            moved.length > 0
              ? `${sheets(moved.length)}を ${m.name(label)} に移しました。`
              : `${m.name(label)} に移した画像はありません。`,
          lines: said(
            unchanged > 0 && `${sheets(unchanged)}はすでにそのラベルにあります。`,
            ...describeUndecided(m, { waiting, refused }),
            describeSkipped(skipped),
          ),
        },
        rejected,
      ),
    undone: ({ removed }) => ({
      headline: removed > 0 ? `${sheets(removed)}の登録を取り消しました。` : '取り消せる登録はもうありません。',
    }),
    labels({ labels, alike = [] }): Answer {
      if (labels.length === 0)
        return { headline: `ラベルはまだありません。画像を登録してください：${command('label')}` }
      const total = labels.reduce((sum, { examples }) => sum + examples, 0)
      return {
        headline: `ラベル${number(labels.length)}個、画像${sheets(total)}。`,
        lines: alike
          .slice(0, MAX_ALIKE)
          .map(
            (same) =>
              `${and(same.map(m.name))} は文字の幅などが違うだけです。まとめるには：${command('labels', 'merge')}`,
          ),
        sections: [{ lines: labels.map((l) => [m.name(l.label), sheets(l.examples)]) }],
      }
    },
    labelRenamed: ({ renamed, to }) => ({ headline: `${m.name(renamed)} の名前を ${m.name(to)} に変えました。` }),
    labelsMerged: ({ merged, into, moved, inBoth }) => ({
      headline: `${m.name(merged)} を ${m.name(into)} に統合しました（${sheets(moved)}）。`,
      lines: said(inBoth > 0 && `${sheets(inBoth)}は両方のラベルにありました。`),
    }),
    sorted: ({ dir, copied, there, sure, unsure, unknown, folders, rejected }) =>
      withRejected(
        {
          headline:
            copied > 0 ? `${sheets(copied)}を ${m.text(dir)} にコピーしました。` : 'コピーした画像はありません。',
          lines: said(
            there > 0 && `${sheets(there)}はすでにあります。`,
            sure + unsure + unknown > 0 &&
              `確かな答えは${sheets(sure)}、不確かな答えは${sheets(unsure)}、わからないものは${sheets(unknown)}です。`,
          ),
          sections: sections({ lines: folders.map(({ folder, pictures }) => [m.text(folder), sheets(pictures)]) }),
        },
        rejected,
      ),
    exported: ({ dir, examples, excluded, withdrawn, classifier }) => ({
      headline: `画像${sheets(examples)}を ${m.text(dir)} に書き出しました。`,
      lines: said(
        excluded > 0 && `除外した画像${sheets(excluded)}は ${m.code('excluded')} にあります。`,
        withdrawn > 0 && `取り下げた画像${sheets(withdrawn)}は ${m.code('withdrawn')} にあります。`,
        classifier === null
          ? 'まだ学習していないため、分類器はありません。'
          : `${m.code('classifier.onnx')} はバージョン${classifier.version}（ラベル${number(classifier.labels)}個）です。画像${sheets(classifier.checked)}で、同じ答えになることを確かめました。`,
      ),
    }),
  }
}
