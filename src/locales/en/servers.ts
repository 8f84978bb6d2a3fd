import type { Results } from '../../commands/results.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { ResultWords } from '../words.ts'
import { inEnglish } from './say.ts'

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
  const { bytes, command, count, number } = inEnglish(m)
  const limit = (max: number | null, what: string): string =>
    max === null ? `any number of ${what}s` : count(max, what)

  function state({ isBlocked, leftAt }: Server): string {
    if (isBlocked) return 'blocked'
    return leftAt === null ? '' : `left ${m.moment(leftAt)}`
  }
  const share = (used: number, max: number | null): string =>
    max === null ? number(used) : `${number(used)} of ${number(max)}`

  return {
    serverList: ({ servers, otherBlocked, limits, problem }) => ({
      headline: servers.length === 0 ? 'The bot is on no server yet.' : `${count(servers.length, 'server')}.`,
      lines: said(
        problem !== null && `Names and members are missing. ${problem}`,
        `A server may have ${limit(limits.pictures, 'picture')} and ${limit(limits.labels, 'label')}, where nothing else is set.`,
        otherBlocked.length > 0 &&
          `Blocked, and without data here: ${otherBlocked.map((id) => m.text(id)).join(', ')}.`,
      ),
      sections: sections({
        columns: ['id', 'name', 'members', 'pictures', 'labels', 'stored', 'last used', ''],
        lines: servers.map((s) => [
          m.text(s.id),
          m.text(s.name ?? '?'),
          s.members === null ? '?' : number(s.members),
          share(s.pictures, s.maxPictures),
          share(s.labels, s.maxLabels),
          bytes(s.bytes),
          s.usedAt === null ? 'not yet' : m.moment(s.usedAt),
          state(s),
        ]),
      }),
    }),
    serverLeft: ({ server, left, graceDays }) =>
      left
        ? {
            headline: `The bot has left ${m.text(server)}.`,
            lines: [
              `What is stored of it is deleted after ${count(graceDays, 'day')}, unless it invites the bot again.`,
              `To keep it from that: ${command('servers', 'block', server)}`,
            ],
          }
        : { headline: `The bot is not in ${m.text(server)}.` },
    limitsSet: ({ server, pictures, labels }) => ({
      headline: `${m.text(server)} may have: ${pictures === null ? 'as many pictures as other servers' : count(pictures, 'picture')}, ${labels === null ? 'as many labels as other servers' : count(labels, 'label')}.`,
      lines: ['What it has already stays, even if it is more.'],
    }),
    blockChanged: ({ kind, id, blocked, changed, left }) => ({
      headline: blocked
        ? `${m.text(id)} is blocked${changed ? '' : ' already'}.`
        : changed
          ? `${m.text(id)} is no longer blocked.`
          : `${m.text(id)} was not blocked.`,
      lines: said(
        kind === 'person' &&
          blocked &&
          'The bot ignores what they post and refuses what they ask, on every server. A running bot notices within seconds.',
        kind === 'person' && blocked && `What they added is still there: ${command('forget', id)} deletes it.`,
        kind === 'server' &&
          blocked &&
          left === true &&
          'The bot has left it, and leaves at once if it is invited again.',
        kind === 'server' && blocked && left === false && 'The bot was not in it, and leaves at once if it is invited.',
        kind === 'server' &&
          blocked &&
          left === null &&
          'There is no DISCORD_TOKEN here: the bot leaves when it runs next.',
      ),
    }),
    blockedPeople: ({ people }) => ({
      headline:
        people.length === 0 ? 'Nobody is blocked.' : `${count(people.length, 'person is', 'people are')} blocked.`,
      sections: sections({
        columns: ['id', 'since', 'by'],
        lines: people.map(({ id, at, by }) => [m.text(id), m.moment(at), m.text(by)]),
      }),
    }),
    picturesFound: ({ places, total, pictures }) => ({
      headline:
        pictures === 0
          ? 'No server has this picture or a near copy. You can still keep it out.'
          : `Found ${count(pictures, 'picture')} in ${count(total, 'place')}.`,
      lines: said(
        total > places.length && `The first ${number(places.length)}:`,
        'Removing is final. Nothing of them is kept but fingerprints, by which they and near copies are refused from then on.',
      ),
      sections: sections({
        columns: ['server', 'dataset', 'label', 'file', 'added by', 'number'],
        lines: places.map((p) => [
          m.text(p.server || 'terminal'),
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
          ? 'Nothing to remove. The picture is kept out from now on.'
          : `Removed ${count(pictures, 'picture')} from ${count(examples, 'place')} in ${count(datasets, 'dataset')}, and kept out from now on.`,
      lines: said(
        pictures > 0 &&
          'Versions that may have learned from them go with the next training, which a running bot starts by itself.',
        pictures > 0 && 'Backups still hold what they held: delete them after a while.',
      ),
    }),
    blockedPictures: ({ pictures }) => ({
      headline:
        pictures.length === 0
          ? 'No picture is kept out.'
          : `${count(pictures.length, 'picture is', 'pictures are')} kept out.`,
      lines: said(pictures.length > 0 && `To let one be added again: ${command('pictures', 'allow', 'NUMBER')}`),
      sections: sections({
        columns: ['number', 'since', 'by'],
        lines: pictures.map(({ id, at, by }) => [String(id), m.moment(at), m.text(by)]),
      }),
    }),
    pictureAllowed: ({ id, changed }) =>
      changed
        ? {
            headline: `Picture ${m.text(id)} can be added again.`,
            lines: ['Its near copies may still be kept out by other numbers.'],
          }
        : { headline: `No picture with the number ${m.text(id)} is kept out.` },
  }
}
