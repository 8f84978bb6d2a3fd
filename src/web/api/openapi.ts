import { Hono } from 'hono'
import { z } from 'zod'
import type { Command } from '../../commands/define.ts'
import { readVersion } from '../../version.ts'
import type { WebContext, WebEnv } from '../context.ts'
import { ADDRESSES, PLACE, query } from './openapi-addresses.ts'
import { answers, COMPONENTS, type JsonSchema } from './openapi-parts.ts'
import { isFile, optionsSchema } from './option-schemas.ts'

/** The description of the API, made of the commands' own declarations. */
export const openApiRoutes = (web: WebContext): Hono<WebEnv> =>
  new Hono<WebEnv>().get('/', async (c) => c.json(await describeApi(web)))

async function describeApi({ commands, origins }: Pick<WebContext, 'commands' | 'origins'>) {
  const offered = await commands.listFor('web', { hidden: true })
  return {
    openapi: '3.1.0',
    info: { title: 'Mekiki', version: readVersion(), license: { name: 'MIT', identifier: 'MIT' } },
    servers: origins.map((url) => ({ url: `${url}/api` })),
    security: [{ token: [] }],
    components: COMPONENTS,
    paths: { ...ADDRESSES, ...Object.fromEntries(offered.map(describeCommand)) },
  }
}

/** With what its address does besides. */
function describeCommand(command: Command): [path: string, item: object] {
  const path = `/{server}/{dataset}/${command.name}`
  const others: Record<string, object> = ADDRESSES
  return [path, { ...others[path], ...describePath(command) }]
}

const RESULTS = answers('The results', {
  'application/json': { schema: { $ref: '#/components/schemas/Results' } },
  'text/event-stream': { schema: { type: 'string' } },
})
const UNCHANGED = { 304: { description: 'What `If-None-Match` names is still so' } }

function describePath(command: Command) {
  const { name, summary, options, access, onlyReads } = command
  const { properties = {}, required = [], additionalProperties } = schemaOf(command)
  const page: JsonSchema = { type: 'integer', minimum: 1, default: 1, description: 'the page of a long list' }
  const parameters = [...queryOf(properties, required), query('page', page)]
  const schema = { type: 'object', properties: { ...properties, page }, required, additionalProperties }
  const common = { summary, description: `For whoever is ${access} here.` }
  return {
    parameters: PLACE,
    post: {
      operationId: name,
      ...common,
      requestBody: { content: { 'application/json': { schema } } },
      responses: RESULTS,
    },
    ...(onlyReads && {
      get: {
        operationId: `${name}-read`,
        ...common,
        parameters: onlyReads === true ? parameters : parameters.map((one) => limitAction(one, onlyReads)),
        responses: { ...RESULTS, ...UNCHANGED },
      },
    }),
    ...(Object.values(options).some(isFile) && {
      put: {
        operationId: `${name}-file`,
        ...common,
        parameters: [query('name', { type: 'string', default: 'picture', description: 'of the file' }), ...parameters],
        requestBody: { required: true, content: { 'application/octet-stream': { schema: {} } } },
        responses: RESULTS,
      },
    }),
  }
}

type ObjectSchema = { properties?: Record<string, JsonSchema>; required?: string[]; additionalProperties?: unknown }

const schemaOf = (command: Command): ObjectSchema =>
  z.toJSONSchema(optionsSchema(command), { io: 'input' }) as ObjectSchema

const queryOf = (properties: Record<string, JsonSchema>, required: string[]) =>
  Object.entries(properties).map(([name, schema]) => query(name, schema, required.includes(name)))

/** With other actions a command is more than read. */
const limitAction = (parameter: ReturnType<typeof query>, actions: readonly string[]) =>
  parameter.name === 'action' ? { ...parameter, schema: { ...parameter.schema, enum: actions } } : parameter
