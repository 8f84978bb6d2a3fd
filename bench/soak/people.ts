// Twenty servers with a manager, two teachers and two members each, who do at random what people do.
import { setTimeout as sleep } from 'node:timers/promises'
import { BASIC, MANAGES_MESSAGES, MANAGES_SERVER } from '../../test/support/discord/entities.ts'
import { ask, type Person, type Server, type Soak } from './ask.ts'
import { look, post, predict, suggest } from './asking.ts'
import { pickWeighted } from './random.ts'
import {
  addPictures,
  deleteLabel,
  forgetAll,
  forgetPictures,
  renameLabel,
  review,
  setEvery,
  unlabel,
  withdraw,
} from './teaching.ts'

const LABELS = ['akari', 'botan', 'chika', 'daigo']
/** Every second server trains at once, the others after so many new pictures. */
const EVERY = 10
const FIRST_PICTURES = 2

type Act = (soak: Soak, person: Person, server: Server) => Promise<void>
type Acts = readonly (readonly [Act, number])[]

const seeing =
  (...commands: string[]): Act =>
  (soak, person) =>
    look(soak, person, commands)

const MEMBER: Acts = [
  [post, 6],
  [predict, 6],
  [seeing('labels', 'help', 'privacy', 'export'), 2],
]
const TEACHER: Acts = [
  [addPictures, 10],
  [review, 3],
  [forgetPictures, 2],
  [unlabel, 1],
  [suggest, 1],
  [predict, 1],
  [post, 1],
  [train, 0.3],
  [forgetAll, 0.15],
]
const MANAGER: Acts = [
  [renameLabel, 2],
  [deleteLabel, 0.3],
  [withdraw, 1],
  [setEvery, 2],
  [seeing('stats', 'versions', 'audit', 'suspects', 'settings'), 4],
  [post, 2],
]

async function train(soak: Soak, person: Person): Promise<void> {
  await ask(soak, { kind: 'train', done: /Learned/ }, () => soak.stand.command(person, 'train'))
}

type Role = { acts: Acts; person: Person; server: Server }

/** Makes the servers, and has them learn enough to answer. Resolves to who lives there. */
export async function settle(soak: Soak, count: number): Promise<Role[]> {
  const { stand, servers } = soak
  const roles: Role[] = []
  for (let i = 0; i < count; i++) {
    const guild = stand.addGuild(`server ${i}`, { quiet: true })
    const teachers = [1, 2].map((n) => stand.addUser(`teacher ${i}-${n}`, guild, 'moderators'))
    const members = [1, 2].map((n) => stand.addUser(`member ${i}-${n}`, guild))
    const server: Server = { guild, labels: [...LABELS], teachers, every: [] }
    servers.push(server)
    roles.push({ acts: MANAGER, person: { guild, user: guild.owner, permissions: MANAGES_SERVER }, server })
    for (const user of teachers)
      roles.push({ acts: TEACHER, person: { guild, user, permissions: MANAGES_MESSAGES }, server })
    for (const user of members) roles.push({ acts: MEMBER, person: { guild, user, permissions: BASIC }, server })
  }
  return roles
}

/** Each server watches a channel and has a version that answers. */
export async function teachFirst(soak: Soak, server: Server, isAtOnce: boolean): Promise<void> {
  const { stand } = soak
  const { guild, teachers } = server
  const manager = { guild, user: guild.owner, permissions: MANAGES_SERVER }
  const retraining = isAtOnce ? { retraining: 'at-once' } : { retraining: 'after', every: EVERY }
  await stand.untilShown(manager, 'settings')
  await ask(soak, { kind: 'settings', done: /answer pictures/ }, () =>
    stand.command(manager, 'settings', { watch: guild.channels[1]?.id, ...retraining }),
  )
  for (const [i, user] of teachers.entries()) {
    const person = { guild, user, permissions: MANAGES_MESSAGES }
    // One label each at a time: at least two are needed.
    for (const label of i === 0 ? server.labels.slice(0, 2) : server.labels.slice(2))
      for (let k = 0; k < FIRST_PICTURES; k++) await addPictures(soak, person, { ...server, labels: [label] })
  }
  await train(soak, { guild, user: guild.owner, permissions: MANAGES_SERVER })
}

/** Goes on until the soak ends. @param pauseMs between two things that one person does, on average */
export async function live(soak: Soak, { acts, person, server }: Role, pauseMs: number): Promise<void> {
  const pause = () => sleep(pauseMs * (0.5 + soak.random()))
  // Not all at the same moment.
  await sleep(pauseMs * soak.random())
  while (!soak.isEnding) {
    const act = pickWeighted(acts, soak.random)
    await act(soak, person, server)
    await pause()
  }
}
