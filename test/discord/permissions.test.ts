// Who may what: each command for each role, on the server where they have it and on another one.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { registry } from '../../commands/registry.ts'
import { type Guild, MANAGES_SERVER, type User } from '../support/discord/entities.ts'
import type { Interaction } from '../support/discord/interaction.ts'
import { openWorld, type World } from '../support/discord/world.ts'

const ROLES = ['member', 'teacher', 'trainer', 'reviewer', 'moderator', 'manager', 'owner'] as const
type Role = (typeof ROLES)[number]

const ALL: Role[] = [...ROLES]
const TEACHERS: Role[] = ['teacher', 'moderator', 'manager', 'owner']
const TRAINERS: Role[] = ['trainer', 'moderator', 'manager', 'owner']
const REVIEWERS: Role[] = ['reviewer', 'moderator', 'manager', 'owner']
const MANAGERS: Role[] = ['manager', 'owner']
const OWNER: Role[] = ['owner']

/** Written by hand: whoever changes who may use a command changes this, too. */
const COMMANDS: Record<string, Role[]> = {
  import: TEACHERS,
  datasets: MANAGERS,
  'change-dataset': MANAGERS,
  label: TEACHERS,
  unlabel: TEACHERS,
  relabel: TEACHERS,
  labels: ALL,
  'delete-label': TEACHERS,
  'restore-label': TEACHERS,
  'remove-examples': TEACHERS,
  teach: TEACHERS,
  undo: ALL,
  train: TRAINERS,
  predict: ALL,
  why: ALL,
  feedback: ALL,
  stats: MANAGERS,
  versions: TRAINERS,
  rollback: MANAGERS,
  backbone: MANAGERS,
  suspects: REVIEWERS,
  review: REVIEWERS,
  decide: REVIEWERS,
  'decide-together': REVIEWERS,
  keep: REVIEWERS,
  exclude: REVIEWERS,
  restore: REVIEWERS,
  report: MANAGERS,
  settings: MANAGERS,
  setting: MANAGERS,
  setup: MANAGERS,
  'setup-step': MANAGERS,
  audit: MANAGERS,
  withdraw: MANAGERS,
  'withdraw-now': MANAGERS,
  'clean-up': MANAGERS,
  'clean-up-now': MANAGERS,
  ignore: ALL,
  forget: ALL,
  privacy: ALL,
  export: ALL,
  help: ALL,
}
/** What some options of a command take beyond the command itself. */
const OPTIONS: [command: string, options: object, allowed: Role[]][] = [
  ['labels', { action: 'rename', label: 'nobody', to: 'else' }, TEACHERS],
  ['labels', { action: 'merge', label: 'nobody', to: 'else' }, TEACHERS],
  ['labels', { action: 'delete', label: 'nobody' }, TEACHERS],
  ['labels', { action: 'restore', label: 'nobody' }, TEACHERS],
  ['labels', { restore: 'nobody' }, TEACHERS],
  ['labels', { action: 'deleted' }, TEACHERS],
  ['settings', { learnFromPosts: false }, OWNER],
  ['settings', { clear: 'learn-from-posts' }, OWNER],
  ['datasets', { action: 'delete', name: 'nobody' }, MANAGERS],
]
const TERMINAL_ONLY = ['export-person', 'encrypt', 'doctor']

const DENIED = /Only (teachers|trainers|reviewers|server managers|the owner of this server|my operator)/
const UNKNOWN = /This button is too old/

let world: World
let foreign: Guild
const users = {} as Record<Role, User>
before(async () => {
  world = await openWorld()
  const { guild, people, stand } = world
  await world.start()
  for (const role of ['teacher', 'trainer', 'reviewer']) {
    const id = `9${guild.roles.length}`.padEnd(18, '0')
    guild.roles.push({ id, name: role, permissions: '0' })
    stand.gateway.send('GUILD_ROLE_CREATE', {
      guild_id: guild.id,
      role: { ...guild.roles.at(-1), position: 9, color: 0 },
    })
    await stand.textOf(stand.command(people.owner, 'settings', { [role]: id }), /Roles: /)
  }
  foreign = stand.addGuild('foreign')
  const named = { member: '', teacher: 'teacher', trainer: 'trainer', reviewer: 'reviewer' } as const
  for (const [role, name] of Object.entries({ ...named, moderator: 'moderators', manager: 'managers' }))
    users[role as Role] = stand.addUser(role, guild, name)
  users.owner = guild.owner
  for (const user of Object.values(users)) foreign.members.push({ user, roles: [] })
})
after(async () => assert.deepEqual(await world.close(), []))

/** Presses a button that runs the command: every command can be reached so, hidden ones too. */
function run(role: Role, guild: Guild, [command, options]: [string, object]): Interaction {
  const [channel] = guild.channels
  assert.ok(channel)
  const custom_id = `do|${JSON.stringify([command, options])}`
  const message = world.stand.sentBefore(channel, [{ type: 2, custom_id, label: 'run' }])
  return world.stand.press({ guild, user: users[role] }, message, 'run')
}

async function assertAllowed(action: [string, object], allowed: Role[]): Promise<void> {
  const all = ROLES.flatMap((role) => [
    { role, guild: world.guild, isAllowed: allowed.includes(role) },
    // What somebody is on one server, they are not on another.
    { role, guild: foreign, isAllowed: allowed.includes('member') },
  ])
  const asked = all.map(({ role, guild }) => run(role, guild, action))
  const texts = await Promise.all(asked.map((from) => world.stand.textOf(from)))
  for (const [i, { role, guild, isAllowed }] of all.entries()) {
    const text = texts[i] ?? ''
    assert.doesNotMatch(text, UNKNOWN)
    assert.equal(!DENIED.test(text), isAllowed, `${action[0]} by ${role} on ${guild.name}: ${text}`)
  }
}

test('the table names every command that people can type there', async () => {
  for (const { name } of await registry.listFor('discord')) assert.ok(name in COMMANDS, name)
})

for (const [command, allowed] of Object.entries(COMMANDS))
  test(`${command}: ${allowed.join(', ')}`, () => assertAllowed([command, {}], allowed))

for (const [command, options, allowed] of OPTIONS)
  test(`${command} ${JSON.stringify(options)}: ${allowed.join(', ')}`, () => assertAllowed([command, options], allowed))

test('what only a terminal has is not there for anybody', async () => {
  for (const command of TERMINAL_ONLY)
    for (const role of ROLES) assert.match(await world.stand.textOf(run(role, world.guild, [command, {}])), UNKNOWN)
})

test('permissions of one channel are none of the server', async () => {
  const { guild, stand } = world
  const channelManager = { guild, user: users.member, permissions: MANAGES_SERVER }
  for (const name of ['stats', 'settings', 'train'])
    assert.match(await stand.textOf(stand.command(channelManager, name)), DENIED)
})

test('names are suggested to those who may use the command, on their server', async () => {
  const { guild, pictures, stand } = world
  const [manager, member] = [users.manager, users.member]
  await stand.textOf(
    stand.command({ guild, user: manager }, 'label', { label: 'Known' }, await pictures('Akari', 0, 1)),
    /Added/,
  )
  const suggested = async (who: { guild: Guild; user: User }, command: string, option: string) =>
    (await stand.answerTo(stand.suggest(who, command, option, ''))).data?.choices
  assert.deepEqual(await suggested({ guild, user: manager }, 'label', 'label'), [{ name: 'Known (1)', value: 'Known' }])
  assert.deepEqual(await suggested({ guild, user: member }, 'label', 'label'), [])
  assert.deepEqual(await suggested({ guild, user: member }, 'rollback', 'version'), [])
  assert.deepEqual(await suggested({ guild: foreign, user: manager }, 'label', 'label'), [])
  assert.deepEqual(await suggested({ guild: foreign, user: foreign.owner }, 'label', 'label'), [])
})
