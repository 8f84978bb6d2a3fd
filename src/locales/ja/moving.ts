import { said } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords, Words } from '../words.ts'
import { inJapanese } from './say.ts'

/** Everything moves from one database into another. */
export function movingResults(m: Markup): ResultWords<'migrated'> {
  const { and, bytes, number } = inJapanese(m)
  return {
    migrated: ({ engine, from, to, rows, bytes: size, kept, missing }) => ({
      headline: `すべてを ${m.text(from)} から ${m.text(to)} に移しました：${number(rows)}行（${bytes(size)}）。移した先で一行ずつ確認済みです。`,
      lines: said(
        engine === 'postgres'
          ? `${m.code('.env')} などの設定で ${m.code('DATABASE_URL')} をこのデータベースにしてから、ボットを起動してください。`
          : `設定から ${m.code('DATABASE_URL')} を外してから、ボットを起動してください。`,
        `元の場所のデータはもう使われません。問題がないとわかるまで残しておいてください。`,
        kept !== null && `移した先にあったものは14日間 ${m.text(kept)} に残ります。`,
        missing.length > 0 && `ファイルがなくなったため移せなかったもの：${and(missing.map((id) => m.name(id)))}`,
      ),
    }),
  }
}

/** By the code of a UserError. */
export const movingErrors: Words['errors'] = {
  'home.moved': ({ place }) => `データは移動済みです。現在の場所：${place}`,
  'home.moving': ({ place }) =>
    place === undefined
      ? 'データの移動か復元の途中です。終わるまでお待ちください。'
      : `${place}からの移動が終わっていません。移動元で、同じmigrateをもう一度実行してください。`,
  'migrate.different': '移したデータが元と一致しないため、移動を取りやめました。',
  'migrate.not-empty': 'すでにデータがあります。空のデータベースを指定してください。',
  'migrate.nothing': '移すデータがありません。',
  'migrate.place-unknown': '移す先を --to で指定してください（PostgreSQLのアドレスか sqlite）。',
  'migrate.refused': ({ where }) => `${where} のデータはPostgreSQLに保存できません。何も移していません。`,
  'migrate.same-engine': 'PostgreSQLの間では pg_dump を使ってください。',
  'migrate.same-place': 'データはすでにそこにあります。',
  'serve.no-key': 'PostgreSQLでは画像を暗号化します。DATA_KEYを設定してください。',
}
