// Opens the database of a home folder and keeps it open, until the process is ended: node hold-database.ts HOME
import { openDatabase } from '../../src/db/connection.ts'

const db = await openDatabase(process.argv[2] ?? '', { readers: 1 })
await db.selectFrom('datasets').selectAll().execute()
process.stdout.write('open\n')
setInterval(() => {}, 1000)
