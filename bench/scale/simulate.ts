// The table of docs/scale.md: node bench/scale/simulate.ts [--write]
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { table } from '../figures.ts'
import { ASSUMED, simulate } from './simulation.ts'

/** `pictures`: of each server; otherwise as simulation.ts assumes. */
const CASES: { servers: number; pictures?: number }[] = [
  { servers: 100 },
  { servers: 1_000 },
  { servers: 10_000 },
  { servers: 100_000 },
  { servers: 100_000, pictures: 2_000 },
]
const PAGE = new URL('../../docs/scale.md', import.meta.url)
const MARKED = /(<!-- simulation -->\n)[\s\S]*?(\n<!-- end -->)/

const number = (n: number, digits = 0): string => n.toLocaleString('en-GB', { maximumFractionDigits: digits })

function simulationTable(): string {
  const head = [
    'servers',
    'pictures each',
    'shards',
    'all connect in',
    'calls a second',
    'cores: gateway',
    'inference',
    'training',
    'database',
    'machines',
    'database holds',
    'bucket holds',
    'money a month',
    'fullest limit',
  ]
  const rows = CASES.map(({ servers, pictures = ASSUMED.picturesPerServer }) => {
    const { shards, coldStart, calls, cores, machines, databaseBytes, bucketBytes, money, limits } = simulate(servers, {
      picturesPerServer: pictures,
    })
    const [fullest] = limits
    return [
      ...[
        number(servers),
        number(pictures),
        number(shards),
        coldStart < 60 ? `${coldStart} s` : `${number(coldStart / 60, 1)} min`,
        number(calls, 2),
      ],
      ...Object.values(cores).map((n) => number(n, 2)),
      ...[number(machines), bytes(databaseBytes), bucketBytes === 0 ? '–' : bytes(bucketBytes), `$${number(money)}`],
      `${fullest?.what}: ${number(100 * (fullest?.used ?? 0), 1)} %`,
    ]
  })
  return table(head, rows)
}

const bytes = (n: number): string => (n < 1e12 ? `${number(n / 1e9, 1)} GB` : `${number(n / 1e12, 2)} TB`)

/** The page with the table as it is now. */
export const withTable = (page: string): string =>
  page.replace(MARKED, (_all, start, end) => `${start}${simulationTable()}${end}`)

if (import.meta.main) {
  const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } })
  if (values.write) writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8')))
  else console.log(simulationTable())
}
