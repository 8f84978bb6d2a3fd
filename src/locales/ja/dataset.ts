import { said } from '../format.ts'
import { layOutDataset } from '../layouts/dataset.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { describeLearned } from './answering.ts'
import { undecidedWords } from './decisions.ts'
import { withRejectedIn } from './rejected.ts'
import { inJapanese } from './say.ts'

export function datasetResults(m: Markup) {
  const { and, command, number, sheets } = inJapanese(m)

  return {
    ...layOutDataset(m, withRejectedIn(m), {
      pictures: sheets,
      added: {
        headline(n, { label, labels }) {
          const several = labels > 0 ? `${number(labels)}個のラベルに` : ''
          return `${label === undefined ? several : `${label} に`}${sheets(n)}を登録しました。`
        },
        nothing: '何も登録されませんでした。',
        already: (n) => `${sheets(n)}はすでに登録されています。`,
        learned: (learned) => describeLearned(m, learned),
        parts: (names) => `${and(names)} を一つのデータセットとみなし、ラベルをまとめました。`,
        folders: (folders) =>
          `${number(folders)}個のフォルダーに入っていました。フォルダーの名前をラベルにするには：${command('import')}`,
        next: `次の手順：${command('train')}`,
      },
      restored: {
        excluded: (n) => `除外${sheets(n)}`,
        withdrawn: (n) => `取り下げ${sheets(n)}`,
        states: (states) => `書き出したときの状態のまま取り込みました：${states.join('、')}。`,
        decisions: (decisions) => `見直しの判断${number(decisions)}件も取り込みました。`,
        isYours: '書き出しでは登録した人を確かめられないため、すべてあなたの登録になります。',
      },
      skipped: (entries) =>
        `フォルダーの中の、隠しファイル、システムのファイル、画像でないもの${number(entries)}件を飛ばしました。`,
      removed: (n) => (n > 0 ? `${sheets(n)}をラベルから外しました。` : '外した画像はありません。'),
      moved: {
        headline: (n, label) =>
          n > 0 ? `${sheets(n)}を ${label} に移しました。` : `${label} に移した画像はありません。`,
        already: (n) => `${sheets(n)}はすでにそのラベルにあります。`,
      },
      undecided: undecidedWords(m),
      labels: {
        none: `ラベルはまだありません。画像を登録してください：${command('label')}`,
        headline: (labels, n) => `ラベル${number(labels)}個、画像${sheets(n)}。`,
        alike: (labels) => `${and(labels)} は文字の幅などが違うだけです。まとめるには：${command('labels', 'merge')}`,
      },
      sorted: {
        headline: (n, folder) =>
          n > 0 ? `${sheets(n)}を ${folder} にコピーしました。` : 'コピーした画像はありません。',
        already: (n) => `${sheets(n)}はすでにあります。`,
        grades: ({ sure, unsure, unknown }) =>
          `確かな答えは${sheets(sure)}、不確かな答えは${sheets(unsure)}、わからないものは${sheets(unknown)}です。`,
      },
    }),
    undone: ({ removed }) => ({
      headline: removed > 0 ? `${sheets(removed)}の登録を取り消しました。` : '取り消せる登録はもうありません。',
    }),
    labelRenamed: ({ renamed, to }) => ({ headline: `${m.name(renamed)} の名前を ${m.name(to)} に変えました。` }),
    labelsMerged: ({ merged, into, moved, inBoth }) => ({
      headline: `${m.name(merged)} を ${m.name(into)} に統合しました（${sheets(moved)}）。`,
      lines: said(inBoth > 0 && `${sheets(inBoth)}は両方のラベルにありました。`),
    }),
    exported: ({ dir, examples, excluded, withdrawn, unreadable, classifier }) => ({
      headline: `画像${sheets(examples)}を ${m.text(dir)} に書き出しました。${unreadable > 0 ? `バケットから失われた${sheets(unreadable)}は含まれていません。` : ''}`,
      lines: said(
        excluded > 0 && `除外した画像${sheets(excluded)}は ${m.code('excluded')} にあります。`,
        withdrawn > 0 && `取り下げた画像${sheets(withdrawn)}は ${m.code('withdrawn')} にあります。`,
        classifier === null
          ? 'まだ学習していないため、分類器はありません。'
          : `${m.code('classifier.onnx')} はバージョン${classifier.version}（ラベル${number(classifier.labels)}個）です。画像${sheets(classifier.checked)}で、同じ答えになることを確かめました。`,
      ),
    }),
  } satisfies SomeResults
}
