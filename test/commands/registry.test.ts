import assert from 'node:assert/strict'
import { test } from 'node:test'
import { registry } from '../../commands/registry.ts'
import { FRONT_ENDS } from '../../src/commands/front-ends.ts'

test('in a front end every name, former ones too, leads to one command', async () => {
  for (const frontEnd of FRONT_ENDS) {
    const commands = await registry.listFor(frontEnd, { hidden: true })
    const names = commands.flatMap(({ name, formerNames = [] }) => [name, ...formerNames])
    assert.ok(names.length > 15)
    assert.deepEqual(names, [...new Set(names)])
    for (const command of commands)
      for (const name of [command.name, ...(command.formerNames ?? [])])
        assert.equal(await registry.find(name, frontEnd), command, `${name} of ${frontEnd}`)
  }
})
