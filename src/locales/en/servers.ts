import { layOutServers } from '../layouts/servers.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { inEnglish } from './say.ts'

/** What operators get about servers, people and pictures of all servers. */
export function serversResults(m: Markup) {
  const say = inEnglish(m)
  const { command, count, number } = say
  const limit = (max: number | null, what: string): string =>
    max === null ? `any number of ${what}s` : count(max, what)

  return {
    ...layOutServers(m, say, {
      servers: {
        headline: (servers) => (servers === 0 ? 'The bot is on no server yet.' : `${count(servers, 'server')}.`),
        withoutNames: (problem) => `Names and members are missing. ${problem}`,
        limits: ({ pictures, labels }) =>
          `A server may have ${limit(pictures, 'picture')} and ${limit(labels, 'label')}, where nothing else is set.`,
        otherBlocked: (ids) => `Blocked, and without data here: ${ids.join(', ')}.`,
        columns: ['id', 'name', 'members', 'pictures', 'labels', 'stored', 'last used', ''],
        used: (used, max) => `${used} of ${max}`,
        unused: 'not yet',
        blocked: 'blocked',
        left: (moment) => `left ${moment}`,
      },
      block: {
        headline(id, { blocked, changed }) {
          if (blocked) return `${id} is blocked${changed ? '' : ' already'}.`
          return changed ? `${id} is no longer blocked.` : `${id} was not blocked.`
        },
        personIgnored:
          'The bot ignores what they post and refuses what they ask, on every server. A running bot notices within seconds.',
        personStored: (id) => `What they added is still there: ${command('forget', id)} deletes it.`,
        serverLeft: 'The bot has left it, and leaves at once if it is invited again.',
        serverNotJoined: 'The bot was not in it, and leaves at once if it is invited.',
        serverLater: 'There is no DISCORD_TOKEN here: the bot leaves when it runs next.',
      },
      people: {
        headline: (people) =>
          people === 0 ? 'Nobody is blocked.' : `${count(people, 'person is', 'people are')} blocked.`,
        columns: ['id', 'since', 'by'],
      },
      found: {
        headline: ({ pictures, total }) =>
          pictures === 0
            ? 'No server has this picture or a near copy. You can still keep it out.'
            : `Found ${count(pictures, 'picture')} in ${count(total, 'place')}.`,
        first: (places) => `The first ${number(places)}:`,
        final:
          'Removing is final. Nothing of them is kept but fingerprints, by which they and near copies are refused from then on.',
        columns: ['server', 'dataset', 'label', 'file', 'added by', 'number'],
        terminal: 'terminal',
      },
      pictures: {
        headline: (pictures) =>
          pictures === 0 ? 'No picture is kept out.' : `${count(pictures, 'picture is', 'pictures are')} kept out.`,
        allow: `To let one be added again: ${command('pictures', 'allow', 'NUMBER')}`,
        columns: ['number', 'since', 'by'],
      },
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
    picturesRemoved: ({ pictures, examples, datasets }) =>
      pictures === 0
        ? { headline: 'Nothing to remove. The picture is kept out from now on.' }
        : {
            headline: `Removed ${count(pictures, 'picture')} from ${count(examples, 'place')} in ${count(datasets, 'dataset')}, and kept out from now on.`,
            lines: [
              'Versions that may have learned from them go with the next training, which a running bot starts by itself.',
              'Backups still hold what they held: delete them after a while.',
            ],
          },
    pictureAllowed: ({ id, changed }) =>
      changed
        ? {
            headline: `Picture ${m.text(id)} can be added again.`,
            lines: ['Its near copies may still be kept out by other numbers.'],
          }
        : { headline: `No picture with the number ${m.text(id)} is kept out.` },
  } satisfies SomeResults
}
