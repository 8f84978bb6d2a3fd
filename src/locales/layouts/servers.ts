import type { Results } from '../../commands/results.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { Numbers } from '../numbers.ts'
import type { ResultWords } from '../words.ts'

type Key = 'serverList' | 'blockChanged' | 'blockedPeople' | 'picturesFound' | 'blockedPictures'
type ServerList = Results['serverList']
type Server = ServerList['servers'][number]

/** What tables of operators say around their rows. `columns` stand in the order of `rows` below. */
type ServersWords = {
  servers: {
    headline(servers: number): string
    withoutNames(problem: string): string
    limits(limits: ServerList['limits']): string
    otherBlocked(ids: string[]): string
    columns: readonly string[]
    /** Pictures or labels, of so many that are allowed. */
    used(used: string, max: string): string
    unused: string
    blocked: string
    left(moment: string): string
  }
  block: {
    headline(id: string, change: { blocked: boolean; changed: boolean }): string
    /** What blocking a person does, and does not do. */
    personIgnored: string
    personStored(id: string): string
    serverLeft: string
    serverNotJoined: string
    /** The bot does not run. */
    serverLater: string
  }
  people: { headline(people: number): string; columns: readonly string[] }
  found: {
    headline(found: { pictures: number; total: number }): string
    first(places: number): string
    final: string
    columns: readonly string[]
    terminal: string
  }
  pictures: { headline(pictures: number): string; allow: string; columns: readonly string[] }
}

/** What operators get about servers, people and pictures of all servers. */
export function layOutServers(m: Markup, { bytes, number }: Numbers, words: ServersWords): ResultWords<Key> {
  const { servers, block, people, found, pictures } = words

  return {
    serverList: ({ servers: listed, otherBlocked, limits, problem }) => ({
      headline: servers.headline(listed.length),
      lines: said(
        problem !== null && servers.withoutNames(problem),
        servers.limits(limits),
        otherBlocked.length > 0 && servers.otherBlocked(otherBlocked.map((id) => m.text(id))),
      ),
      sections: sections({ columns: servers.columns, lines: listed.map(row) }),
    }),
    blockChanged: ({ kind, id, blocked, changed, left }) => ({
      headline: block.headline(m.text(id), { blocked, changed }),
      lines: blocked ? (kind === 'person' ? [block.personIgnored, block.personStored(id)] : [leaving(left)]) : [],
    }),
    blockedPeople: ({ people: all }) => ({
      headline: people.headline(all.length),
      sections: sections({
        columns: people.columns,
        lines: all.map(({ id, at, by }) => [m.text(id), m.moment(at), m.text(by)]),
      }),
    }),
    picturesFound: ({ places, total, pictures }) => ({
      headline: found.headline({ pictures, total }),
      lines: said(total > places.length && found.first(places.length), found.final),
      sections: sections({
        columns: found.columns,
        lines: places.map(({ server, dataset, label, file, by, example }) => [
          m.text(server || found.terminal),
          m.text(dataset),
          m.text(label),
          m.text(file),
          m.person(by),
          String(example),
        ]),
      }),
    }),
    blockedPictures: ({ pictures: all }) => ({
      headline: pictures.headline(all.length),
      lines: said(all.length > 0 && pictures.allow),
      sections: sections({
        columns: pictures.columns,
        lines: all.map(({ id, at, by }) => [String(id), m.moment(at), m.text(by)]),
      }),
    }),
  }

  function row(s: Server): string[] {
    return [
      m.text(s.id),
      m.text(s.name ?? '?'),
      s.members === null ? '?' : number(s.members),
      used(s.pictures, s.maxPictures),
      used(s.labels, s.maxLabels),
      bytes(s.bytes),
      s.usedAt === null ? servers.unused : m.moment(s.usedAt),
      state(s),
    ]
  }

  function used(pictures: number, max: number | null): string {
    return max === null ? number(pictures) : servers.used(number(pictures), number(max))
  }

  function state({ isBlocked, leftAt }: Server): string {
    if (isBlocked) return servers.blocked
    return leftAt === null ? '' : servers.left(m.moment(leftAt))
  }

  function leaving(left: boolean | null): string {
    if (left === null) return block.serverLater
    return left ? block.serverLeft : block.serverNotJoined
  }
}
