import type { Advice } from '../../../models/evaluation/advice.ts'
import { percent } from '../format.ts'
import type { Markup } from '../markup.ts'
import { slash } from './commands.ts'

/** Twice as many pictures are worth mentioning from this gain of accuracy on. */
const WORTHWHILE_GAIN = 0.005

/** Labels that are never recognized and named. */
const MAX_NAMED = 3

/** What would make the classifier better, a line each. */
export function adviceLines({ neverRecognized, needMore, alike, twice }: Advice, m: Markup): string[] {
  const bold = (label: string): string => `**${m.text(label)}**`
  const wanted = needMore.map(({ label, examples, recall }) =>
    recall === null
      ? `${m.text(label)}（${examples}枚のみ）`
      : `${m.text(label)}（${examples}枚中${percent(recall)}正解）`,
  )
  const others = neverRecognized.length - MAX_NAMED
  return [
    ...neverRecognized
      .slice(0, MAX_NAMED)
      .map(
        ({ label, takenFor }) =>
          `${bold(label)} を正しく認識できたことがありません（${bold(takenFor)} と間違えます）。`,
      ),
    others > 0 ? `ほかにも${others}個のラベルを一度も認識できていません。` : '',
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
