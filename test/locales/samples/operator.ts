import { MOMENT, PERSON, type Samples, SERVER } from './sample.ts'

const server = {
  id: SERVER,
  joinedAt: MOMENT,
  leftAt: null,
  usedAt: MOMENT,
  pictures: 67,
  labels: 5,
  bytes: 4_200_000,
  maxPictures: 5000,
  maxLabels: null,
  name: 'Zoo',
  members: 1234,
  isBlocked: false,
}

const gateway = {
  id: '5b0c7f5e-1d3f-4c5a-9f3e-2f1f0a6f7c11',
  role: 'gateway' as const,
  host: 'machine-1',
  pid: 4321,
  version: '0.2.0',
  startedAt: MOMENT,
  seenAt: MOMENT,
  silentMs: 2_300,
  clockMs: 3,
  alive: true,
  shards: [3, 1, 2, 0, 7],
  load: { waiting: 4, calls: 2, trainings: 1, memory: 210_000_000, cpu: 0.42 },
}

export const operatorSamples: Samples<
  | 'personFound'
  | 'personForgotten'
  | 'personExported'
  | 'encrypted'
  | 'picturesMoved'
  | 'picturesChecked'
  | 'backupCreated'
  | 'backupRestored'
  | 'serverList'
  | 'tokenRefused'
  | 'tokenAccepted'
  | 'botSetUp'
  | 'serviceWritten'
  | 'serverLeft'
  | 'limitsSet'
  | 'blockChanged'
  | 'blockedPeople'
  | 'picturesFound'
  | 'picturesRemoved'
  | 'blockedPictures'
  | 'pictureAllowed'
  | 'checked'
  | 'processes'
> = {
  personFound: [
    {
      values: { person: 'rita', examples: 12, feedback: 3, decisions: 4, changes: 56 },
      says: ['rita', '12', '3', '4', '56'],
    },
  ],
  personForgotten: [{ values: { person: 'rita', examples: 12 }, says: ['rita', '12'] }],
  personExported: [
    {
      values: { person: 'rita', examples: 12, feedback: 3, changes: 56, files: ['a.zip', 'b.zip'] },
      says: ['12', '3', '56', 'a.zip', 'b.zip'],
    },
  ],
  encrypted: [
    { values: { changed: 0, unreadable: 0 }, says: ['DATA_KEY'] },
    { values: { changed: 12, unreadable: 7 }, says: ['12', 'DATA_KEY', '7'] },
  ],
  picturesChecked: [
    { values: { checked: 12, unreadable: 0, named: [] }, says: ['12'] },
    {
      values: { checked: 12, unreadable: 7, named: [{ example: 87, dataset: 'zoo', server: SERVER }] },
      says: ['12', '7', '87', 'zoo', SERVER],
    },
  ],
  picturesMoved: [
    { values: { to: 'bucket', changed: 12, unreadable: 0 }, says: ['12'] },
    { values: { to: 'database', changed: 12, unreadable: 7 }, says: ['12', '7', 'PICTURES_URL'] },
  ],
  backupCreated: [
    {
      values: { file: 'b.sqlite', bytes: 4_200_000, missing: ['one@1'], inBucket: 77 },
      says: ['b.sqlite', '4.2 MB', 'one@1', 'DATA_KEY', '77'],
    },
  ],
  backupRestored: [
    { values: { file: 'b.sqlite', kept: 'old', forgotten: 3 }, says: ['b.sqlite', 'old', '3'] },
    { values: { file: 'b.sqlite', kept: null, forgotten: null }, says: ['b.sqlite'] },
  ],
  serverList: [
    { values: { servers: [], otherBlocked: [], limits: { pictures: null, labels: null }, problem: null } },
    {
      values: {
        servers: [server, { ...server, name: null, members: null, usedAt: null, leftAt: MOMENT, isBlocked: true }],
        otherBlocked: ['180000000000000005'],
        limits: { pictures: 5000, labels: 50 },
        problem: 'Discord does not answer',
      },
      says: [SERVER, 'Zoo', '67', '4.2 MB', '180000000000000005', '5,000', '50'],
    },
  ],
  tokenRefused: [{ values: { triesLeft: 2 } }, { values: { triesLeft: 0 } }],
  tokenAccepted: [
    { values: { id: SERVER, name: 'Zorabot', seesContent: true, isPublic: true }, says: ['Zorabot'] },
    { values: { id: SERVER, name: 'Zorabot', seesContent: false, isPublic: false }, says: ['Zorabot'] },
  ],
  botSetUp: [
    {
      values: {
        file: '.env',
        written: ['DISCORD_TOKEN'],
        invitation: 'https://discord.com/oauth2',
        needsEncrypt: true,
      },
      says: ['.env', 'https://discord.com/oauth2'],
    },
    { values: { file: '.env', written: [], invitation: 'https://discord.com/oauth2', needsEncrypt: false } },
  ],
  serviceWritten: [
    {
      values: { file: 'mekiki.service', commands: ['systemctl start mekiki'] },
      says: ['mekiki.service', 'systemctl start mekiki'],
    },
  ],
  serverLeft: [
    { values: { server: SERVER, left: true, graceDays: 30 }, says: [SERVER, '30'] },
    { values: { server: SERVER, left: false, graceDays: 30 }, says: [SERVER] },
  ],
  limitsSet: [
    { values: { server: SERVER, pictures: 5000, labels: 50 }, says: [SERVER, '5,000', '50'] },
    { values: { server: SERVER, pictures: null, labels: null }, says: [SERVER] },
  ],
  blockChanged: (['person', 'server'] as const).flatMap((kind) =>
    [true, false].flatMap((blocked) =>
      [true, false].flatMap((changed) =>
        [true, false, null].map((left) => ({ values: { kind, id: SERVER, blocked, changed, left }, says: [SERVER] })),
      ),
    ),
  ),
  blockedPeople: [
    { values: { people: [] } },
    { values: { people: [{ id: PERSON, at: MOMENT, by: 'rita' }] }, says: [PERSON] },
  ],
  picturesFound: [
    {
      values: {
        places: [{ server: SERVER, dataset: 'main', label: 'Zora', file: 'z.png', by: PERSON, example: 87 }],
        total: 12,
        pictures: 3,
      },
      says: ['Zora', '12', '3'],
    },
  ],
  picturesRemoved: [
    { values: { pictures: 0, examples: 0, datasets: 0 } },
    { values: { pictures: 3, examples: 12, datasets: 2 }, says: ['12'] },
  ],
  blockedPictures: [
    { values: { pictures: [] } },
    { values: { pictures: [{ id: 77, at: MOMENT, by: 'rita' }] }, says: ['77'] },
  ],
  pictureAllowed: [{ values: { id: '77', changed: true } }, { values: { id: '77', changed: false } }],
  processes: [
    { values: { processes: [], problems: [], state: null } },
    { values: { processes: [{ ...gateway, role: 'all' }], problems: [], state: null }, says: ['machine-1'] },
    {
      values: {
        processes: [gateway, { ...gateway, role: 'training', alive: false, silentMs: 120_000, shards: [] }],
        problems: [
          { problem: 'missing', role: 'inference' },
          { problem: 'missing', role: 'gateway' },
          { problem: 'missing', role: 'training' },
          { problem: 'missing', role: 'web' },
          { problem: 'dead', role: 'training', host: 'machine-2', pid: 12, silentMs: 120_000 },
          { problem: 'versions', versions: ['0.1.0', '0.2.0'] },
          { problem: 'clock', host: 'machine-3', aheadMs: -61_000 },
          { problem: 'shards', free: [4, 6], of: 8 },
          { problem: 'calls', waiting: 17, oldestMs: 40_000 },
        ],
        state: {
          calls: { waiting: 17, oldestMs: 40_000 },
          trainings: { running: 1, waiting: 2 },
          shards: { of: 8, held: [0, 1, 2, 3, 5, 7] },
        },
      },
      says: ['machine-1', 'machine-2', 'machine-3', '0–3, 7', '4, 6', '17', '0.2.0', 'serve --role inference'],
    },
  ],
  checked: [
    { values: { ok: true, checks: [{ check: 'disk', ok: true, found: '123 MB' }] }, says: ['123 MB'] },
    {
      values: { ok: false, checks: [{ check: 'disk', ok: false, found: '1 MB', todo: 'free some room' }] },
      says: ['1 MB'],
    },
  ],
}
