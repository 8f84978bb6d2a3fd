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

export const operatorSamples: Samples<
  | 'personFound'
  | 'personForgotten'
  | 'personExported'
  | 'encrypted'
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
    { values: { changed: 0 }, says: ['DATA_KEY'] },
    { values: { changed: 12 }, says: ['12', 'DATA_KEY'] },
  ],
  backupCreated: [
    {
      values: { file: 'b.sqlite', bytes: 4_200_000, missing: ['one@1'] },
      says: ['b.sqlite', '4.2 MB', 'one@1', 'DATA_KEY'],
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
  picturesRemoved: [{ values: { pictures: 3, examples: 12, datasets: 2 }, says: ['12'] }],
  blockedPictures: [
    { values: { pictures: [] } },
    { values: { pictures: [{ id: 77, at: MOMENT, by: 'rita' }] }, says: ['77'] },
  ],
  pictureAllowed: [{ values: { id: '77', changed: true } }, { values: { id: '77', changed: false } }],
  checked: [
    { values: { ok: true, checks: [{ check: 'disk', ok: true, found: '123 MB' }] }, says: ['123 MB'] },
    {
      values: { ok: false, checks: [{ check: 'disk', ok: false, found: '1 MB', todo: 'free some room' }] },
      says: ['1 MB'],
    },
  ],
}
