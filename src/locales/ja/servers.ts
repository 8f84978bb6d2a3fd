import { layOutServers } from '../layouts/servers.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { inJapanese } from './say.ts'

/** What operators get about servers, people and pictures of all servers. */
export function serversResults(m: Markup) {
  const say = inJapanese(m)
  const { command, number, sheets } = say
  const pictureLimit = (max: number | null, other: string): string => (max === null ? other : `${sheets(max)}まで`)
  const labelLimit = (max: number | null, other: string): string => (max === null ? other : `${number(max)}個まで`)

  return {
    ...layOutServers(m, say, {
      servers: {
        headline: (servers) =>
          servers === 0 ? 'まだどのサーバーにも参加していません。' : `サーバー：${number(servers)}件`,
        withoutNames: (problem) => `サーバー名とメンバー数を取得できませんでした。${problem}`,
        limits: ({ pictures, labels }) =>
          `既定の上限：画像は${pictureLimit(pictures, '無制限')}、ラベルは${labelLimit(labels, '無制限')}（サーバーごと）`,
        otherBlocked: (ids) => `データのないブロック中のサーバー：${ids.join('、')}`,
        columns: ['ID', '名前', 'メンバー', '画像', 'ラベル', '容量', '最終利用', ''],
        used: (used, max) => `${used} / ${max}`,
        unused: '未使用',
        blocked: 'ブロック中',
        left: (moment) => `${moment}に退出`,
      },
      block: {
        headline(id, { blocked, changed }) {
          if (blocked) return `${id} ${changed ? 'をブロックしました。' : 'はすでにブロックされています。'}`
          return `${id} ${changed ? 'のブロックを解除しました。' : 'はブロックされていません。'}`
        },
        personIgnored:
          'どのサーバーでも、この人の投稿には反応せず、操作も受け付けません。動作中のボットには数秒で反映されます。',
        personStored: (id) => `登録済みの画像は残っています。削除する場合：${command('forget', id)}`,
        serverLeft: 'サーバーから退出しました。再び招待されても、すぐに退出します。',
        serverNotJoined: '参加していないサーバーです。招待されても、すぐに退出します。',
        serverLater: 'DISCORD_TOKEN がないため、ボットが次に起動したときに退出します。',
      },
      people: {
        headline: (people) => (people === 0 ? 'ブロックしている人はいません。' : `ブロック中：${number(people)}人`),
        columns: ['ID', '開始', '操作した人'],
      },
      found: {
        headline: ({ pictures, total }) =>
          pictures === 0
            ? 'この画像も、よく似た画像も見つかりませんでした。今後の登録を拒否することはできます。'
            : `${sheets(pictures)}の画像が${number(total)}か所で見つかりました。`,
        first: (places) => `最初の${number(places)}件：`,
        final: '削除は取り消せません。残るのは特徴の照合値だけで、以後、同じ画像とよく似た画像は登録できなくなります。',
        columns: ['サーバー', 'データセット', 'ラベル', 'ファイル', '登録した人', '番号'],
        terminal: 'ターミナル',
      },
      pictures: {
        headline: (pictures) =>
          pictures === 0 ? '登録を拒否している画像はありません。' : `登録を拒否している画像：${sheets(pictures)}`,
        allow: `再び登録できるようにする場合：${command('pictures', 'allow', '番号')}`,
        columns: ['番号', '開始', '操作した人'],
      },
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
    picturesRemoved: ({ pictures, examples, datasets }) =>
      pictures === 0
        ? { headline: '削除する画像はありませんでした。今後の登録は拒否されます。' }
        : {
            headline: `${sheets(pictures)}の画像を${number(datasets)}個のデータセットの${number(examples)}か所から削除しました。今後の登録は拒否されます。`,
            lines: [
              'これらの画像から学習した可能性のあるバージョンは、次の学習で削除されます。動作中のボットは自動で学習します。',
              'バックアップには残っています。しばらくしたら削除してください。',
            ],
          },
    pictureAllowed: ({ id, changed }) =>
      changed
        ? {
            headline: `${m.text(id)} 番の画像を再び登録できます。`,
            lines: ['よく似た画像は、別の番号で拒否されたままのことがあります。'],
          }
        : { headline: `${m.text(id)} 番の画像は、拒否されていません。` },
  } satisfies SomeResults
}
