import type { Advice } from '../../models/evaluation/advice.ts'
import { EFFORTS } from '../../models/views.ts'
import type { Reason } from '../db/label-issues.ts'
import type { Reasons } from '../services/explanation.ts'
import { commands } from './ja-commands.ts'
import { errors, start } from './ja-errors.ts'
import { bar, detail, interval, mebibytes, type Problem, percent, sayProblem, shown, some, when, who } from './text.ts'
import type { Words } from './words.ts'

const more = (n: number): string => `… ほか${n}件`

export const ja: Words = {
  results: {
    added: ({ added, duplicates, rejected, label }) =>
      [
        added > 0 ? `${label === undefined ? '' : `**${shown(label)}** に`}${added}枚を登録しました。` : '',
        duplicates > 0 ? `${duplicates}枚はすでに登録されています。` : '',
        refused(rejected),
      ]
        .filter(Boolean)
        .join('\n'),
    removed: ({ removed, rejected }) => [`${removed}枚をラベルから外しました。`, refused(rejected)].join('\n'),
    moved: ({ label, moved, unchanged, rejected }) =>
      [
        `${moved.length}枚を **${shown(label)}** に移しました。`,
        unchanged > 0 ? `${unchanged}枚はもともとそこにありました。` : '',
        refused(rejected),
      ].join('\n'),
    undone: ({ removed }) =>
      removed > 0 ? `${removed}枚の登録を取り消しました。` : '取り消せる登録はもうありません。',
    suspects: ({ suspects }) =>
      suspects.length === 0
        ? '間違って登録されていそうな画像はありません（学習のたびに調べます）。'
        : `${some(suspects, 15, (s) => `\`#${s.example}\` **${shown(s.label)}** ${s.reasons.map(reason).join('、')}`, more)}\n\`/review\` で一枚ずつ見られます。`,
    suspect: ({ id, label, reason }) => `\`#${id}\` **${shown(label)}** ${shown(reason)}`,
    review: ({ example, label, reasons: why, leftOut, left, after }) =>
      [
        decided(after),
        `\`#${example}\` は **${shown(label)}** に登録されています。${why.map(reason).join('、')}。${leftOut ? 'これは学習に使っていません。' : ''}`,
        `残り${left}枚。**?** がその画像、隣は典型的な画像です。`,
      ]
        .filter(Boolean)
        .join('\n'),
    reviewDone: ({ after }) => [decided(after), 'あなたが見るべき画像はもうありません。'].filter(Boolean).join('\n'),
    reviewed: ({ decision, label, done, waiting }) =>
      [
        done > 0
          ? `${DECIDED[decision] ?? decision}${label === null ? '' : `（**${shown(label)}**）`}：${done}枚。`
          : '',
        waiting > 0 ? `${waiting}枚は、もう一人が同じ判断をするまで待ちます。` : '',
      ]
        .filter(Boolean)
        .join('\n'),
    reviewUndone: ({ example }) => `\`#${example}\` についての判断を取り消しました。`,
    reported: ({ examples, suspects }) =>
      `画像${examples}枚、うち疑わしいもの${suspects}枚。詳しくは添付のページをご覧ください。`,
    labels: ({ labels }) =>
      labels.length === 0
        ? 'ラベルはまだありません。`/label` で画像を登録してください。'
        : some(labels, 60, (l) => `**${shown(l.label)}** · ${l.examples}枚`, more),
    labelRenamed: ({ renamed, to }) => `**${shown(renamed)}** の名前を **${shown(to)}** に変えました。`,
    labelsMerged: ({ merged, into, moved }) =>
      `**${shown(merged)}** を **${shown(into)}** に統合しました（${moved}枚）。`,
    labelDeleted: ({ deleted, examples }) => `**${shown(deleted)}** と画像${examples}枚を削除しました。`,
    trained: (t) =>
      [
        `**バージョン${t.version}**：${t.labels}個のラベルを${t.examples}枚から${t.seconds.toFixed(1)}秒で学習しました。`,
        t.accuracy === null
          ? '画像が少なすぎて精度を測れません。ラベルごとに二枚以上必要です。'
          : `学習に使っていない画像の **${percent(t.accuracy)}** に正解しました（95％区間 ${interval(t.accuracyInterval)}）。`,
        `${BECAUSE[t.because](t.head)}尋ねられた画像は${EFFORTS[t.effort].length}通りに見ます。`,
        changed('良くなったもの', t.improved),
        changed('悪くなったもの', t.worsened),
        t.leftOut > 0
          ? `ラベルと明らかに合わない${t.leftOut}枚（全${t.examples}枚中）は使いませんでした。\`/review\` で見られます。`
          : '',
        t.turned.length > 0 ? `以前と違うものに見えるラベル：${t.turned.map((l) => `**${shown(l)}**`).join('、')}` : '',
        IN_USE[t.reason],
        advice(t.advice),
      ]
        .filter(Boolean)
        .join('\n'),
    predicted: (p) =>
      'error' in p
        ? `**${shown(p.file)}**：${problem(p.error)}`
        : [
            p.label === null
              ? `**これはわかりません。**（教わったものである確率 ${percent(p.known)}）`
              : `**${shown(p.label)}** · ${percent(p.confidence)}`,
            ...p.top.slice(0, 3).map((t) => `${bar(t.confidence)} ${percent(t.confidence)} ${shown(t.label)}`),
            ...(p.why ? [reasons(p.why)] : []),
          ].join('\n'),
    reasons,
    feedbackGiven: ({ right, truth }) =>
      right
        ? 'ありがとうございます。正解として数えました。'
        : `ありがとうございます。不正解として数えました${truth === null ? '' : `（正しくは **${shown(truth)}**）`}。教えるには \`/label\` で画像を登録してください。`,
    whatIsIt: ({ said }) =>
      `${said === null ? '「わからない」と答えました。' : `**${shown(said)}** と答えました。`}ありがとうございます。正しくは何ですか？`,
    stats: (s) =>
      [
        s.version === null
          ? 'まだ学習していません：`/train`'
          : `**バージョン${s.version}**（${s.head}）· 精度 ${s.accuracy === null ? '未測定' : `**${percent(s.accuracy)}**（95％区間 ${interval(s.accuracyInterval)}）`}`,
        s.live.accuracy === null
          ? '答えの正誤はまだ寄せられていません。'
          : `みなさんの判定：${s.live.judged}件のうち **${percent(s.live.accuracy)}** が正解（95％区間 ${interval(s.live.interval)}）`,
        s.calibrationError === null ? '' : `確信度のずれは平均 ${percent(s.calibrationError)} です。`,
        s.confusions.length === 0
          ? ''
          : `**間違えやすい組**\n${some(s.confusions, 5, (c) => `${shown(c.label)} → ${shown(c.takenFor)} · ${c.count}`, more)}`,
        s.survey === null
          ? ''
          : `疑わしい ${s.survey.flagged} · 学習から除外 ${s.survey.leftOut} · 複製 ${s.survey.copies} · 二つのラベルに ${s.survey.conflicts}`,
        ...(s.survey?.teachers ?? []).map(
          (t) =>
            `⚠️ ${who(t.teacher)} が登録した${t.examples}枚の ${percent(t.suspected)} がほかの人の登録と食い違います（ほかの人：${percent(t.others)}）。`,
        ),
        s.advice === null ? '' : advice(s.advice),
        `**ラベル**\n${some(s.labels, 15, (l) => `${shown(l.label)} · ${l.examples}枚`, more) || '–'}`,
        `バージョン ${s.versions.length} · 待ち ${s.queue.waiting} · 学習中 ${s.queue.trainings}`,
        `速さ ${s.speed.milliseconds === null ? '–' : `一枚 ${Math.round(s.speed.milliseconds)} ミリ秒`} · 画像 ${s.storage.pictures}枚 · データベース ${mebibytes(s.storage.databaseBytes)}`,
      ]
        .filter(Boolean)
        .join('\n'),
    versions: ({ versions }) =>
      versions.length === 0
        ? 'まだ学習していません：`/train`'
        : some(
            [...versions].reverse(),
            15,
            (v) =>
              `${v.current ? '**▸' : ''} ${v.version}${v.current ? '**' : ''} · ${v.accuracy === null ? '–' : percent(v.accuracy)} ${v.accuracyInterval ? `（${interval(v.accuracyInterval)}）` : ''} · ${v.examples}枚 · ${when(v.madeAt)}`,
            more,
          ),
    rolledBack: ({ version, from }) =>
      `バージョン${version}を使います${from === null ? '' : `（これまではバージョン${from}）`}。`,
    settings: ({ settings: s, changed }) =>
      [
        changed.length > 0 ? `変更しました：${changed.join(', ')}` : '',
        `**見守るチャンネル** ${s.watched.map((c) => `<#${c}>`).join(' ') || 'なし'}`,
        `**データセット** ${
          Object.entries(s.datasets)
            .map(([c, d]) => `<#${c}> ${shown(d)}`)
            .join(' · ') || 'すべて main'
        }`,
        `**ロール** ${
          Object.entries(s.roles)
            .map(([name, id]) => `${name} <@&${id}>`)
            .join(' · ') || 'なし：メッセージを管理できる人が登録・学習・見直しを、サーバーを管理できる人が設定をします'
        }`,
        `**投稿に答える確信度** ${percent(s.confidence)}`,
        `**再学習** ${RETRAINING[s.retraining](s)}`,
        s.agreement > 1 ? '**見直し** 二人の一致が必要' : '',
        `**言語** ${s.language === 'auto' ? '一人ひとりの言語' : s.language}`,
        `**投稿からの学習** ${s.learnFromPosts ? 'オン' : 'オフ。先にDiscordの許可が必要で、オンにできるのはサーバーの所有者だけです'}`,
      ]
        .filter(Boolean)
        .join('\n'),
    audit: ({ changes }) =>
      changes.length === 0
        ? 'まだ何も変更されていません。'
        : some(changes, 15, (c) => `${when(c.at)} ${who(c.by)} ${ACTIONS[c.action]} ${shown(detail(c.detail))}`, more),
    withdrawn: ({ teacher, examples, version }) =>
      `${who(teacher)} が登録した${examples}枚を学習から外しました。${version === null ? '学習に足りる画像が残っていません。' : `バージョン${version}はそれらなしで学習しました。`}`,
    restored: ({ teacher, examples }) => `${who(teacher)} が登録した${examples}枚を元に戻しました。`,
    forgetAsk: ({ examples }) =>
      `ここにはあなたが登録した画像が${examples}枚あります。画像、答えへの判定、記録に残る名前を削除しますか？ 元には戻せません。（一枚ずつ削除するには \`/forget\` に画像を付けてください。）`,
    forgotten: ({ examples }) =>
      `${examples}枚を削除しました。それらで学習したバージョンは、次の \`/train\` まで残ります。`,
    privacy: ({ learnFromPosts, graceDays, url }) =>
      [
        '**保存するもの：** `/label` で渡された画像（最大512ピクセルの縮小版、メタデータなし）、そのラベル、登録した人と日時。答えへの判定。誰が何を変えたか。',
        '**保存しないもの：** 判定だけを頼まれた画像、メッセージ、チャンネルの履歴。',
        learnFromPosts
          ? 'このサーバーの所有者の判断で、投稿された画像も登録できます。他の人の画像は、その人が同意した場合だけです。'
          : '投稿されただけの画像からは決して学習しません。',
        'ラベルは画像を表すもので、人を表すものではありません。データは動作しているコンピューターの外に出ません。',
        `\`/export\` であなたについて保存されているものをすべて受け取れ、\`/forget\` で削除できます。ボットがサーバーから外されると、データは${graceDays}日後に消えます。`,
        url === null ? '' : url,
      ]
        .filter(Boolean)
        .join('\n'),
    myData: ({ examples, feedback, changes }) =>
      `あなたについて保存されているもののすべてです：画像${examples}枚、答えへの判定${feedback}件、変更${changes}件。`,
    help: ({ trained, commands: offered }) =>
      [
        trained ? '`/predict` に画像を付けるか、メッセージのメニューの「これは何？」で尋ねてください。' : start,
        ...offered.map((c) => `\`/${c.name}\` ${commands[c.name]?.summary ?? c.summary}`),
      ].join('\n'),
  },
  choices: {
    undo: '取り消す',
    right: '正解',
    wrong: '不正解',
    why: 'なぜ？',
    whichLabel: '正しくは…',
    typeLabel: 'ほかのもの…',
    train: 'すぐに学習する',
    rollBack: '別のバージョンを使う…',
    older: '以前の記録',
    putBack: '元に戻す',
    forgetAll: '自分のものをすべて削除する',
    keep: 'このまま',
    moveTo: '移す：',
    moveToOther: '別のラベルに移す…',
    exclude: '除外',
    skip: 'あとで',
    review: '見直す',
    activate: '使い始める',
    withdraw: 'その人の画像を外す',
  },
  commands,
  errors,
  whatIsThis: 'これは何？',
  labelThis: 'この画像を登録',
  picture: '画像（JPEG・PNG・WebP・GIF・AVIF）',
  welcome: [
    '**みなさんの画像の見分け方を覚えます。**',
    '1. `/label` で二つ以上の名前に画像を数枚ずつ登録してください。自動で学習します。',
    '2. `/predict` で新しい画像について尋ねられます。メッセージのメニューの「これは何？」でも尋ねられます。',
    '3. `/settings` で、誰が教えられるか、どのチャンネルを見守るかを決めます。`/privacy` で、保存するものがわかります。',
  ].join('\n'),
  watchHere: 'このチャンネルを見守る',
  noContent:
    '「Message Content」インテントがないため、ほかの人の投稿は見えません。メンション、`/predict`、メッセージのメニューの「これは何？」を使ってください。運用者はDeveloper Portalで許可できます。',
  maySpeak: (channel) =>
    `<#${channel}> で尋ねられましたが、答える権限がありません。チャンネルを見る、メッセージを送る、履歴を読む権限が必要です。`,
  consent: (by, poster, label) =>
    `${who(poster)} さん、${who(by)} さんがあなたの画像を **${shown(label)}** として教えたいそうです。小さな複製を保存してもよいですか？`,
  yes: 'はい',
  no: 'いいえ',
  consented: (label) => `ありがとうございます。**${shown(label)}** に登録しました。`,
  declined: 'わかりました。何も保存していません。',
  labelFormTitle: '画像を登録する',
  labelFormLabel: 'ラベル',
  labelFormPictures: '画像',
  typeFormTitle: '正しくは何ですか？',
  progress: ({ done, total, of }) =>
    of === 'percent'
      ? `学習しています … ${bar(done / 100)} ${done} %`
      : `画像を見ています … ${total ? `${total}枚のうち` : ''}${done}枚`,
  fault: 'こちらの不具合で失敗しました。運用者のために記録しました。',
  charts: {
    examples: 'ラベルごとの枚数',
    confusion: '行：正しいラベル・列：答えたラベル',
    accuracy: 'バージョンごとの精度',
    learning: 'ラベルごとの枚数と精度',
  },
  mentionHelp: '画像を見せてくだされば、何か答えます。詳しくは `/help` をご覧ください。',
  directHelp: '画像を送ってくだされば、何か答えます。',
}

const ACTIONS = {
  filed: '登録',
  unfiled: '登録の取り消し',
  moved: '移動',
  excluded: '除外',
  restored: '復帰',
  reviewed: '見直し',
  'review undone': '見直しの取り消し',
  forgotten: '削除',
  'label renamed': 'ラベルの改名',
  'labels merged': 'ラベルの統合',
  'label deleted': 'ラベルの削除',
  trained: '学習',
  promoted: '使用開始',
  'backbone changed': 'ネットワークの変更',
  'settings changed': '設定の変更',
  feedback: '判定',
}

const BECAUSE = {
  only: (head: string) => `学習方法：${head}（指定どおり）。`,
  unmeasured: (head: string) => `学習方法：${head}（まだ比べられません）。`,
  simplest: (head: string) => `学習方法：${head}（ほかに明らかに良いものはありません）。`,
  better: (head: string) => `学習方法：${head}（より単純なものより明らかに良い）。`,
}

function advice(a: Advice): string {
  const { needMore, alike, twice } = a
  return [
    needMore.length === 0
      ? ''
      : `画像を増やすとよいラベル：${needMore.map((n) => `${shown(n.label)}（${n.recall === null ? `${n.examples}枚` : `${n.examples}枚中${percent(n.recall)}`}）`).join('、')}`,
    ...alike.map(
      ({ labels: [one, other] }) =>
        `**${shown(one)}** と **${shown(other)}** は同じものに見えます。\`/labels merge\` で統合できます。`,
    ),
    twice && twice.doubled - twice.now > 0.005
      ? `どのラベルも画像が二倍になれば、精度はおよそ ${percent(twice.doubled)}（今は ${percent(twice.now)}）になりそうです。`
      : '',
  ]
    .filter(Boolean)
    .join('\n')
}

function reasons({ runnerUp, nearest }: Reasons): string {
  const most = [...new Set(nearest.map((n) => shown(n.label)))].join('、')
  const close =
    runnerUp === null
      ? '迫ったラベルはありません。'
      : `次に近いのは **${shown(runnerUp.label)}**（${percent(runnerUp.confidence)}）です。`
  return nearest.length === 0
    ? `${close}比べられる画像が残っていません。`
    : `${close}似ている登録画像のラベル：${most}。`
}

function reason(r: Reason): string {
  switch (r.kind) {
    case 'looks-like':
      return `**${shown(r.label)}** に似ている`
    case 'unlike':
      return 'このラベルのほかの画像に似ていない'
    case 'also-under':
      return `同じ画像が **${shown(r.label)}** にもある`
    case 'blank':
      return 'ほとんど白紙'
    case 'small':
      return 'とても小さい'
  }
}

const DECIDED: Record<string, string> = {
  keep: 'そのままにしました',
  exclude: '除外しました',
  move: '移しました',
  restore: '戻しました',
  skip: 'あとにしました',
  undo: '取り消しました',
}
const decided = (after: { decision: string; waits: boolean } | null): string =>
  after === null
    ? ''
    : after.waits
      ? '記録しました。もう一人が同じ判断をするまで待ちます。'
      : `${DECIDED[after.decision] ?? after.decision}。`

const IN_USE = {
  first: '最初のバージョンなので、すぐに使います。',
  'other-labels': 'ラベルが変わったので、すぐに使います。',
  'as-good': '前のバージョンより明らかに悪くはないので、すぐに使います。',
  turned: '管理者が認めるまで**使いません**。`/review` で確かめてから、使い始めてください。',
  worse: '前のバージョンより明らかに悪いので、**使いません**。それでも使うには `/versions` で選んでください。',
}

const RETRAINING = {
  'at-once': () => '登録が落ち着いたらすぐ',
  after: ({ every }: { every: number }) => `新しい画像${every}枚ごと`,
  schedule: ({ schedule }: { schedule: string }) => `予定：\`${schedule}\``,
  'by-hand': () => '手動（`/train`）',
}

const problem = (e: Problem): string => sayProblem(errors, e)
const refused = (rejected: (Problem & { file: string })[]): string =>
  some(rejected, 10, (r) => `**${shown(r.file)}** は登録できませんでした：${problem(r)}`, more)

const changed = (what: string, all: { label: string; from: number; to: number }[]): string =>
  all.length === 0
    ? ''
    : `${what}：${all
        .slice(0, 5)
        .map((c) => `${shown(c.label)} ${percent(c.from)} → ${percent(c.to)}`)
        .join('、')}`
