// Servers on several processes, taught a little, whose people ask without end.
import { seededRandom } from '../../models/random.ts'
import { type Cluster, openCluster } from '../../test/support/cluster.ts'
import { type Guild, MANAGES_MESSAGES, MANAGES_SERVER } from '../../test/support/discord/entities.ts'
import type { Who } from '../../test/support/discord/interaction.ts'
import { drawPicture } from '../soak/pictures.ts'
import type { Random } from '../soak/random.ts'
import { type Asked, ask } from './asked.ts'

const LABELS = ['akari', 'botan']
const FIRST_PICTURES = 6
/** How long an acknowledged call may take on a machine that does everything at once. */
const ANSWER_WITHIN_MS = 90_000

export type Town = { cluster: Cluster; servers: Who[]; random: Random; drawn: number; asked: Asked[] }

/** `servers`: so many, beside that of the cluster. `url`: of a PostgreSQL of one's own. */
export async function openTown({ servers = 3, seed = 1, url }: { servers?: number; seed?: number; url?: string }) {
  const cluster = await openCluster(url === undefined ? {} : { url })
  const guilds: Guild[] = Array.from({ length: servers }, (_, i) => cluster.stand.addGuild(`town ${i}`))
  const people = guilds.map((guild): Who => {
    const user = cluster.stand.addUser(`somebody of ${guild.id}`, guild)
    // Those that the stand-in gives to who moderates and who manages.
    const roles = guild.roles.slice(2).map(({ id }) => id)
    guild.members.find((member) => member.user === user)?.roles.push(...roles)
    return { guild, user, permissions: MANAGES_MESSAGES | MANAGES_SERVER }
  })
  const town: Town = { cluster, servers: people, random: seededRandom(seed), drawn: 0, asked: [] }
  return town
}

/** Waits until everybody has their commands, adds a few pictures, and trains. */
export async function teach(town: Town, effort?: 'careful'): Promise<void> {
  const { cluster, servers } = town
  for (const who of servers) {
    await cluster.stand.untilShown(who, 'label')
    for (const label of LABELS) for (let i = 0; i < FIRST_PICTURES; i++) await add(town, who, label)
    const trained = await ask('train', cluster.stand.command(who, 'train', effort ? { effort } : {}), ANSWER_WITHIN_MS)
    const [text = ''] = trained.finals
    if (!/Learned|Version/.test(text)) throw new Error(`The first training was answered with: ${text}`)
  }
}

async function upload(town: Town, label: number) {
  const bytes = await drawPicture(label, town.random)
  return town.cluster.stand.keep(`picture-${town.drawn++}.png`, bytes)
}

async function add(town: Town, who: Who, label: string): Promise<void> {
  const file = await upload(town, LABELS.indexOf(label))
  town.asked.push(await ask('label', town.cluster.stand.command(who, 'label', { label }, [file]), ANSWER_WITHIN_MS))
}

/** One person of a server asks for one thing. Resolves with what came of it. */
export async function act(town: Town): Promise<void> {
  const { cluster, servers, random } = town
  const who = servers[Math.floor(random() * servers.length)]
  if (!who) return
  const dice = random()
  const label = LABELS[Math.floor(random() * LABELS.length)] ?? ''
  if (dice < 0.4) return add(town, who, label)
  if (dice < 0.45) {
    town.asked.push(await ask('train', cluster.stand.command(who, 'train'), ANSWER_WITHIN_MS))
    return
  }
  const picture = await upload(town, LABELS.indexOf(label))
  town.asked.push(await ask('predict', cluster.stand.command(who, 'predict', {}, [picture]), ANSWER_WITHIN_MS))
}
