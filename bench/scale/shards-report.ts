import { table } from '../figures.ts'
import type { AloneFigures, ClusterFigures } from './shards.ts'

type ShardFigures = { alone: AloneFigures; cluster: ClusterFigures }

const whole = (value: number): string => Math.round(value).toLocaleString('en')

export const describeShards = ({ alone, cluster }: ShardFigures): string => `## Thousands of servers on several shards

One process on SQLite (\`--role all\`) with ${whole(alone.servers)} servers on ${alone.shards} shards. All are new to it, so that each gets its commands: requests of which
Discord takes 50 a second, and Mekiki sends 42 at most, here with 200 ms until each is answered. Sessions begin 5 s apart.

${table(
  ['what', 'value'],
  [
    ['seconds until it answers everywhere', alone.ready.toFixed(1)],
    ['seconds until every server has its commands', alone.known.toFixed(1)],
    ['peak of memory, MiB', whole(alone.peakMiB)],
    ['what Discord would refuse', String(alone.complaints.length)],
  ],
)}

${describeCluster(cluster)}`

const describeCluster = (
  figures: ClusterFigures,
): string => `Two gateways and an inference process on one PostgreSQL, with ${whole(figures.servers)} servers on ${figures.started.length} shards. Both gateways are replaced, one after the other, while
somebody asks about a picture every quarter of a second.

${table(
  ['what', 'value', 'target'],
  [
    ['seconds until every shard is served', figures.served.toFixed(1), ''],
    ['seconds until every server has its commands', figures.known.toFixed(1), ''],
    ['servers marked as left', String(figures.left), '0'],
    ['milliseconds between two sessions of a bucket, at least', whole(figures.shortestIdentify), '5,000'],
    ['requests in any second, at most', String(figures.peakRequests), '50'],
    ['seconds to replace both gateways', figures.replaced.toFixed(1), ''],
    ['sessions begun meanwhile, by shard', figures.started.join(', '), '1 each'],
    ['shards that had two sessions at once', String(figures.overlaps), String(figures.started.length)],
    ['looks (every 20 ms) at which a shard had none', String(figures.gaps), '0'],
    ['messages meanwhile: answered once / all', `${figures.once} / ${figures.asked}`, 'all'],
    ['peak of memory of each new gateway, MiB', figures.peakMiB.map(whole).join(', '), ''],
    ['what Discord would refuse', String(figures.complaints.length), '0'],
  ],
)}
`
