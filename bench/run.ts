// Runs the benchmarks and writes each one's section of bench/RESULTS.md. What a ratio compares was measured in turn in the same run.
//   npm run bench [-- NAME…]    all parts, or some    npm run bench -- --list    what there is
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { lackOf } from './needs.ts'
import { PARTS } from './parts.ts'
import { minutesOf } from './results-file.ts'
import { runParts } from './run-parts.ts'

const RESULTS = fileURLToPath(new URL('./RESULTS.md', import.meta.url))
/** Wider than the longest name. */
const NAME_COLUMN = 16

function listParts(): void {
  const results = readFileSync(RESULTS, 'utf8')
  for (const { name, heading, minutes, needs = [] } of PARTS) {
    const measured = minutesOf(results, heading)
    const time = measured === undefined ? `some ${minutes} min, a guess` : `${measured} min`
    const lack = lackOf(needs)
    const skipped = lack === undefined ? '' : `; skipped here: ${lack}`
    process.stdout.write(`${name.padEnd(NAME_COLUMN)}${heading} (${time}${skipped})\n`)
  }
}

const { values, positionals } = parseArgs({
  options: { list: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const unknown = positionals.find((name) => !PARTS.some((part) => part.name === name))
if (values.list) listParts()
else if (unknown !== undefined) {
  process.stderr.write(`Expected some of ${PARTS.map(({ name }) => name).join(', ')}, received ${unknown}\n`)
  process.exitCode = 1
} else {
  const wanted = PARTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
  const failed = await runParts(wanted, { file: RESULTS })
  if (failed.length > 0) {
    process.stderr.write(`Failed: ${failed.join(', ')}\n`)
    process.exitCode = 1
  }
}
