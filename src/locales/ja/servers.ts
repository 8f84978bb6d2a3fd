import type { Results } from '../../commands/results.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { inJapanese } from './say.ts'

type Key =
  | 'serverList'
  | 'serverLeft'
  | 'limitsSet'
  | 'blockChanged'
  | 'blockedPeople'
  | 'picturesFound'
  | 'picturesRemoved'
  | 'blockedPictures'
  | 'pictureAllowed'
type Server = Results['serverList']['servers'][number]

/** What operators get about servers, people and pictures of all servers. */
export function serversResults(m: Markup): ResultWords<Key> {
  const { bytes, command, number, sheets } = inJapanese(m)

  function state({ isBlocked, leftAt }: Server): string {
    if (isBlocked) return 'ブロック中'
    return leftAt === null ? '' : `${m.moment(leftAt)}に退出`
  }
  const share = (used: number, max: number | null): string =>
    max === null ? number(used) : `${number(used)} / ${number(max)}`
  const pictureLimit = (max: number | null, other: string): string => (max === null ? other : `${sheets(max)}まで`)
  const labelLimit = (max: number | null, other: string): string => (max === null ? other : `${number(max)}個まで`)

  return {
    serverList: ({ servers, otherBlocked, limits, problem }) => ({
      headline:
        servers.length === 0 ? 'まだどのサーバーにも参加していません。' : `サーバー：${number(servers.length)}件`,
      lines: said(
        problem !== null && `サーバー名とメンバー数を取得できませんでした。${problem}`,
        `既定の上限：画像は${pictureLimit(limits.pictures, '無制限')}、ラベルは${labelLimit(limits.labels, '無制限')}（サーバーごと）`,
        otherBlocked.length > 0 &&
          `データのないブロック中のサーバー：${otherBlocked.map((id) => m.text(id)).join('、')}`,
      ),
      sections: sections({
        columns: ['ID', '名前', 'メンバー', '画像', 'ラベル', '容量', '最終利用', ''],
        lines: servers.map((s) => [
          m.text(s.id),
          m.text(s.name ?? '?'),
          s.members === null ? '?' : number(s.members),
          share(s.pictures, s.maxPictures),
          share(s.labels, s.maxLabels),
          bytes(s.bytes),
          s.usedAt === null ? '未使用' : m.moment(s.usedAt),
          state(s),
        ]),
      }),
    }),
    serverLeft: ({ server, left, graceDays }) =>
      left
        ? {
            headline: `${m.text(server)} から退出しました。`,
            lines: [
              `再び招待されなければ、保存されているデータは${number(graceDays)}日後に削除されます。`,
              `招待も拒否する場合：${command('servers', 'block', server)}`,
            ],
          }
        : { headline: `${m.text(server)} には参加していません。` },
    limitsSet: ({ server, pictures, labels }) => ({
      headline: `${m.text(server)} の上限：画像は${pictureLimit(pictures, '既定どおり')}、ラベルは${labelLimit(labels, '既定どおり')}`,
      lines: ['すでに登録されているものは、上限を超えていても残ります。'],
    }),
    blockChanged: ({ kind, id, blocked, changed, left }) => ({
      headline: blocked
        ? `${m.text(id)} ${changed ? 'をブロックしました。' : 'はすでにブロックされています。'}`
        : `${m.text(id)} ${changed ? 'のブロックを解除しました。' : 'はブロックされていません。'}`,
      lines: said(
        kind === 'person' &&
          blocked &&
          'どのサーバーでも、この人の投稿には反応せず、操作も受け付けません。動作中のボットには数秒で反映されます。',
        kind === 'person' && blocked && `登録済みの画像は残っています。削除する場合：${command('forget', id)}`,
        kind === 'server' &&
          blocked &&
          left === true &&
          'サーバーから退出しました。再び招待されても、すぐに退出します。',
        kind === 'server' &&
          blocked &&
          left === false &&
          '参加していないサーバーです。招待されても、すぐに退出します。',
        kind === 'server' &&
          blocked &&
          left === null &&
          'DISCORD_TOKEN がないため、ボットが次に起動したときに退出します。',
      ),
    }),
    blockedPeople: ({ people }) => ({
      headline: people.length === 0 ? 'ブロックしている人はいません。' : `ブロック中：${number(people.length)}人`,
      sections: sections({
        columns: ['ID', '開始', '操作した人'],
        lines: people.map(({ id, at, by }) => [m.text(id), m.moment(at), m.text(by)]),
      }),
    }),
    picturesFound: ({ places, total, pictures }) => ({
      headline:
        pictures === 0
          ? 'この画像も、よく似た画像も見つかりませんでした。今後の登録を拒否することはできます。'
          : `${sheets(pictures)}の画像が${number(total)}か所で見つかりました。`,
      lines: said(
        total > places.length && `最初の${number(places.length)}件：`,
        '削除は取り消せません。残るのは特徴の照合値だけで、以後、同じ画像とよく似た画像は登録できなくなります。',
      ),
      sections: sections({
        columns: ['サーバー', 'データセット', 'ラベル', 'ファイル', '登録した人', '番号'],
        lines: places.map((p) => [
          m.text(p.server || 'ターミナル'),
          m.text(p.dataset),
          m.text(p.label),
          m.text(p.file),
          m.person(p.by),
          String(p.example),
        ]),
      }),
    }),
    picturesRemoved: ({ pictures, examples, datasets }) => ({
      headline:
        pictures === 0
          ? '削除する画像はありませんでした。今後の登録は拒否されます。'
          : `${sheets(pictures)}の画像を${number(datasets)}個のデータセットの${number(examples)}か所から削除しました。今後の登録は拒否されます。`,
      lines: said(
        pictures > 0 &&
          'これらの画像から学習した可能性のあるバージョンは、次の学習で削除されます。動作中のボットは自動で学習します。',
        pictures > 0 && 'バックアップには残っています。しばらくしたら削除してください。',
      ),
    }),
    blockedPictures: ({ pictures }) => ({
      headline:
        pictures.length === 0
          ? '登録を拒否している画像はありません。'
          : `登録を拒否している画像：${sheets(pictures.length)}`,
      lines: said(pictures.length > 0 && `再び登録できるようにする場合：${command('pictures', 'allow', '番号')}`),
      sections: sections({
        columns: ['番号', '開始', '操作した人'],
        lines: pictures.map(({ id, at, by }) => [String(id), m.moment(at), m.text(by)]),
      }),
    }),
    pictureAllowed: ({ id, changed }) =>
      changed
        ? {
            headline: `${m.text(id)} 番の画像を再び登録できます。`,
            lines: ['よく似た画像は、別の番号で拒否されたままのことがあります。'],
          }
        : { headline: `${m.text(id)} 番の画像は、拒否されていません。` },
  }
}
