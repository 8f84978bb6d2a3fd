// A backbone that was added on one machine answers on all: its files come from the database.
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { EMBEDDED } from '../../models/backbones/registry.ts'
import { addBackbone, readBackbone, useBackboneHome } from '../../src/db/backbones.ts'
import { openDatabase } from '../../src/db/connection.ts'
import { postgresUrl, skipWithoutPostgres } from '../support/postgres.ts'

/** More than one part. */
const NETWORK = Buffer.alloc(5 * 2 ** 20, 'network')

test(
  'the files of a backbone are written on another machine, and again where they are others',
  { skip: skipWithoutPostgres },
  async () => {
    const databaseUrl = await postgresUrl()
    const machine = async () => {
      const home = mkdtempSync(join(tmpdir(), 'mekiki-machine-'))
      const db = await openDatabase(home, { databaseUrl })
      useBackboneHome(db, home)
      after(async () => {
        await db.destroy()
        rmSync(home, { recursive: true })
      })
      return { home, db }
    }
    const [first, second] = [await machine(), await machine()]
    const added = join(first.home, 'net.onnx')
    writeFileSync(added, NETWORK)
    await addBackbone(first.db, { id: 'net@1', file: added, input: EMBEDDED.input })
    const read = () => readBackbone(second.db, 'net@1')
    const { file } = await read()
    assert.ok(file.startsWith(second.home))
    assert.deepEqual(readFileSync(file), NETWORK)

    writeFileSync(file, 'cut off')
    assert.deepEqual(readFileSync((await read()).file), NETWORK)
    rmSync(file)
    await Promise.all([read(), read()])
    assert.ok(existsSync(file))
  },
)
