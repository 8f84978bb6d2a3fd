// One part in a process of its own, started by run-parts.ts: node bench/measure-part.ts NAME. Sends its section.
import { PARTS } from './parts.ts'

const part = PARTS.find(({ name }) => name === process.argv[2])
if (!part) throw new Error(`Expected the name of a part, received ${process.argv[2]}`)
const section = await part.measure()
process.send?.(section, () => process.disconnect())
