// The description of the API is whole, keeps to the rules of OpenAPI 3.1, and is what the server does.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { registry } from '../../../commands/registry.ts'
import { isOfferedOn } from '../../../src/commands/front-ends.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'

let site: TestSite
let api: any
before(async () => {
  site = await openTestSite()
  api = await (await site.request('/api')).json()
})
after(() => site.close())

const METHODS = ['get', 'put', 'post', 'delete']
const operations = (): { path: string; method: string; operation: any; shared: any[] }[] =>
  Object.entries<any>(api.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) => ({
      path,
      method,
      operation: item[method],
      shared: item.parameters ?? [],
    })),
  )
const offered = () => registry.listFor('web', { hidden: true })

test('every command that the page offers is in it, with its options, and with no others', async () => {
  for (const command of await offered()) {
    const item = api.paths[`/{server}/{dataset}/${command.name}`]
    assert.ok(item, command.name)
    const { properties, additionalProperties } = item.post.requestBody.content['application/json'].schema
    const files = Object.values(command.options).filter(({ kind }) => kind === 'pictures' || kind === 'upload')
    const taken = Object.entries(command.options).filter(([, o]) => isOfferedOn(o, 'web') && !files.includes(o))
    assert.deepEqual(Object.keys(properties), [...taken.map(([name]) => name), 'page'], command.name)
    assert.equal(additionalProperties, false, command.name)
    assert.equal('put' in item, files.length > 0, command.name)
    if (command.onlyReads) assert.ok('get' in item, command.name)
  }
  const commands = Object.keys(api.paths).filter((path) => path.split('/').length === 4)
  for (const path of commands.filter(
    (path) => api.paths[path].post?.requestBody?.content?.['application/json']?.schema?.properties?.page,
  ))
    assert.ok(
      (await offered()).some(({ name }) => path.endsWith(`/${name}`)),
      path,
    )
})

test('no command takes an option that it does not have', async () => {
  for (const { name } of await offered()) {
    const response = await site.request(`/api/local/main/${name}`, {
      method: 'POST',
      body: JSON.stringify({ 'no-such-option': 1 }),
    })
    const { code } = (await response.json()) as { code: string }
    assert.deepEqual([name, response.status, code], [name, 400, 'option.invalid'])
  }
})

test('it keeps to the rules of OpenAPI 3.1', () => {
  assert.match(api.openapi, /^3\.1\.\d+$/)
  assert.ok(api.info.title && api.info.version)
  for (const { url } of api.servers) assert.ok(URL.canParse(url))
  const ids = operations().map(({ operation }) => operation.operationId)
  assert.equal(new Set(ids).size, ids.length, 'ids of operations are unique')
  for (const { path, method, operation, shared } of operations()) {
    const where = `${method} ${path}`
    assert.match(path, /^\/[^?#]*$/)
    const parameters = [...shared, ...(operation.parameters ?? [])]
    const keys = parameters.map(({ in: place, name }) => `${place} ${name}`)
    assert.equal(new Set(keys).size, keys.length, `${where}: parameters are unique`)
    for (const { name, in: place, schema, required } of parameters) {
      assert.ok(typeof name === 'string' && ['path', 'query', 'header'].includes(place) && schema, where)
      if (place === 'path') assert.equal(required, true, where)
    }
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    assert.deepEqual(
      parameters
        .filter((p) => p.in === 'path')
        .map((p) => p.name)
        .sort(),
      inPath.sort(),
      where,
    )
    assert.ok(Object.keys(operation.responses).length > 0, where)
    for (const [status, response] of Object.entries<any>(operation.responses)) {
      assert.match(status, /^([1-5]\d\d|default)$/)
      assert.equal(typeof response.description, 'string', where)
    }
    if (method === 'get' || method === 'delete') assert.equal(operation.requestBody, undefined, where)
    else if (operation.requestBody) assert.ok(Object.keys(operation.requestBody.content).length > 0, where)
  }
})

/** Keywords of JSON Schema that say what kind of thing follows. */
const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null']

function checkSchema(schema: any, where: string): void {
  assert.ok(typeof schema === 'object' && schema !== null && !Array.isArray(schema), where)
  if (schema.$ref) {
    const found = schema.$ref
      .replace('#/', '')
      .split('/')
      .reduce((at: any, part: string) => at?.[part], api)
    assert.ok(found, `${where}: ${schema.$ref}`)
  }
  for (const type of [schema.type ?? []].flat()) assert.ok(TYPES.includes(type), `${where}: ${type}`)
  if (schema.pattern) new RegExp(schema.pattern, 'u')
  if (schema.required) {
    assert.ok(Array.isArray(schema.required), where)
    for (const name of schema.required) assert.ok(name in schema.properties, `${where}: ${name}`)
  }
  if (schema.enum) assert.ok(schema.enum.length > 0 && new Set(schema.enum).size === schema.enum.length, where)
  for (const [name, each] of Object.entries(schema.properties ?? {})) checkSchema(each, `${where}.${name}`)
  for (const each of [schema.items ?? [], schema.anyOf ?? [], schema.oneOf ?? [], schema.allOf ?? []].flat())
    checkSchema(each, where)
}

test('its schemas are those of JSON Schema, and what they refer to is there', () => {
  for (const [name, schema] of Object.entries(api.components.schemas)) checkSchema(schema, name)
  for (const { path, operation, shared } of operations()) {
    for (const { schema } of [...shared, ...(operation.parameters ?? [])]) checkSchema(schema, path)
    const contents = [operation.requestBody, ...Object.values<any>(operation.responses)].map((each) => each?.content)
    for (const content of contents)
      for (const { schema } of Object.values<any>(content ?? {})) if (schema) checkSchema(schema, path)
  }
})
