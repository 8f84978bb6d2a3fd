import { Hono } from 'hono'
import { z } from 'zod'
import type { Command } from '../../commands/define.ts'
import { readVersion } from '../../version.ts'
import type { WebContext, WebEnv } from '../context.ts'
import { isFile, optionsSchema } from './option-schemas.ts'

/** The description of the API, made of the commands' own declarations. */
export const openApiRoutes = (web: WebContext): Hono<WebEnv> =>
  new Hono<WebEnv>().get('/', async (c) => c.json(await describeApi(web)))

export async function describeApi({ commands, origins }: Pick<WebContext, 'commands' | 'origins'>) {
  const offered = await commands.listFor('web', { hidden: true })
  return {
    openapi: '3.1.0',
    info: { title: 'Mekiki', version: readVersion(), license: { name: 'MIT' } },
    servers: origins.map((url) => ({ url: `${url}/api` })),
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths: Object.fromEntries(offered.map((command) => [`/{server}/{dataset}/${command.name}`, describePath(command)])),
  }
}

const PLACE = ['server', 'dataset'].map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
const RESPONSES = { 200: { description: 'The results', content: { 'application/json': {} } } }

function describePath(command: Command) {
  const { name, summary, options, onlyReads } = command
  const { properties = {}, required = [], ...schema } = z.toJSONSchema(optionsSchema(command), { io: 'input' })
  const parameters = Object.entries(properties).map(([option, of]) => ({
    name: option,
    in: 'query',
    required: required.includes(option),
    schema: of,
  }))
  const body = { content: { 'application/json': { schema: { ...schema, properties, required } } } }
  const post = { operationId: name, summary, parameters: PLACE, requestBody: body, responses: RESPONSES }
  const get = { operationId: `${name}-read`, summary, parameters: [...PLACE, ...parameters], responses: RESPONSES }
  const named = { name: 'name', in: 'query', required: false, schema: { type: 'string' } }
  const put = {
    operationId: `${name}-file`,
    summary,
    parameters: [...PLACE, named, ...parameters],
    requestBody: { content: { 'application/octet-stream': {} } },
    responses: RESPONSES,
  }
  return { post, ...(onlyReads && { get }), ...(Object.values(options).some(isFile) && { put }) }
}
