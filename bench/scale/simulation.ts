// What a bot of so many servers takes, from what was measured: machines, bytes, money, and what gives way first. No clock and no randomness.

/** Costs of bench/RESULTS.md and of the sizes in docs/scale.md, on a core of the machine that measured them. */
const MEASURED = {
  /** Answers of a core a second, from the call to the answer: 500 pictures in 13.8 s on two cores, the stand-in for Discord included. */
  answersPerCore: 500 / 13.8 / 2,
  /** Seconds of a core for a training of 1,000 examples: 0.94 s on two. */
  trainingCoreSeconds: 2 * 0.94,
  /** Bytes of a stored picture, of its features in 16 bits, of an example with its audit rows, and of a version: 1.02 MB, compressed. */
  pictureBytes: 33_490,
  featureBytes: 4_211,
  exampleBytes: 482,
  versionBytes: 752_000,
  /** A process at work, in bytes; one that trains has 133 MiB more. */
  processBytes: 500e6,
  /** Calls that the database takes and gives out in a second, and additions of pictures (one server of PostgreSQL, two cores). */
  callsPerSecond: 1_415,
  additionsPerSecond: 233,
} as const

/** What people do, and what things cost. Change them to what is so for you. */
export const ASSUMED = {
  /** Of a server, on average; as many as a server with much use has are the ten-thousand's. */
  picturesPerServer: 200,
  /** Servers that use it on a day, and what each asks, posts and adds then. */
  activeShare: 0.1,
  askedPerDay: 40,
  postedPerDay: 40,
  addedPerDay: 10,
  trainingsPerDay: 2,
  /** The busiest minute has so many times the average of a day. */
  peak: 6,
  /** Share of the cores that is used at the peak. */
  use: 0.6,
  serversPerShard: 1_000,
  /** Servers whose gateway fits one core, and bytes of memory for each of them. */
  serversPerGatewayCore: 25_000,
  bytesPerServer: 40e3,
  /** Discord's, and those that one posted picture takes: the reply. What is asked by a command takes none. */
  requestsPerSecond: 50,
  requestsReserved: 42,
  /** Money a month: a core with 4 GB, a GB on the database's disk with one copy of it, a GB in a bucket. */
  corePrice: 15,
  diskPrice: 0.25,
  bucketPrice: 0.023,
  /** Bytes of pictures from which a bucket is cheaper to keep than the database. */
  bucketFrom: 500e9,
} as const

type Parameters = { [name in keyof typeof ASSUMED]: number }

const [DAY_S, IDENTIFY_S] = [86_400, 5]
const GB = 1e9

type Simulated = {
  servers: number
  shards: number
  /** Seconds until all shards are connected after all gateways were away. */
  coldStart: number
  /** At the peak, a second. */
  calls: number
  cores: { gateway: number; inference: number; training: number; database: number }
  /** Of two cores each; below some load one does it all. */
  machines: number
  databaseBytes: number
  bucketBytes: number
  money: number
  /** Share of each limit that is used at the peak, the fullest first. */
  limits: { what: string; used: number }[]
}

export function simulate(servers: number, parameters: Partial<Parameters> = {}): Simulated {
  const p: Parameters = { ...ASSUMED, ...parameters }
  const perSecond = (perDay: number): number => (servers * p.activeShare * perDay * p.peak) / DAY_S
  const [asked, posted, added] = [p.askedPerDay, p.postedPerDay, p.addedPerDay].map(perSecond) as [
    number,
    number,
    number,
  ]
  const calls = asked + posted + added
  const shards = Math.max(1, Math.ceil(servers / p.serversPerShard))
  const cores = {
    gateway: servers / p.serversPerGatewayCore,
    inference: calls / MEASURED.answersPerCore / p.use,
    training:
      (perSecond(p.trainingsPerDay) * MEASURED.trainingCoreSeconds * Math.max(1, p.picturesPerServer / 1_000)) / p.use,
    database: Math.max(
      0.5,
      (2 * Math.max(calls / MEASURED.callsPerSecond, added / MEASURED.additionsPerSecond)) / p.use,
    ),
  }
  const pictures = servers * p.picturesPerServer
  const pictureBytes = pictures * MEASURED.pictureBytes
  const isInBucket = pictureBytes > p.bucketFrom
  const versions = servers * p.activeShare * VERSIONS_KEPT * MEASURED.versionBytes
  const rest = pictures * (MEASURED.featureBytes + MEASURED.exampleBytes) + versions
  const databaseBytes = rest + (isInBucket ? 0 : pictureBytes)
  const bucketBytes = isInBucket ? pictureBytes : 0
  const all = Object.values(cores).reduce((sum, n) => sum + n, 0)
  const machines = machinesFor(cores, all)
  return {
    ...{ servers, shards, coldStart: shards * IDENTIFY_S, calls, cores, machines, databaseBytes, bucketBytes },
    money: machines * CORES * p.corePrice + (databaseBytes / GB) * p.diskPrice + (bucketBytes / GB) * p.bucketPrice,
    limits: [
      { what: 'requests to Discord', used: posted / p.requestsReserved },
      { what: 'calls in the database', used: calls / MEASURED.callsPerSecond },
      { what: 'additions in the database', used: added / MEASURED.additionsPerSecond },
    ].toSorted((a, b) => b.used - a.used),
  }
}

const VERSIONS_KEPT = 10
/** Of a machine. */
const CORES = 2

/** Below one machine's worth one process does it all; above, each role has a machine at least, and gateways, inference and the database two. */
function machinesFor(cores: Simulated['cores'], all: number): number {
  if (all < CORES) return 1
  const atLeast = { gateway: 2, inference: 2, training: 1, database: 2 }
  return Object.entries(cores).reduce(
    (sum, [role, needed]) => sum + Math.max(atLeast[role as keyof typeof atLeast], Math.ceil(needed / CORES)),
    0,
  )
}
