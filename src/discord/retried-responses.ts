import { RESTJSONErrorCodes, type RESTOptions, type ResponseLike } from 'discord.js'

type MakeRequest = RESTOptions['makeRequest']

/** The first response to an interaction; later ones are edits and follow-ups. */
const FIRST_RESPONSE = /\/interactions\/(\d+)\/[^/]+\/callback(\?|$)/

/** More are never unsettled at once; those that Discord never answered are forgotten for others. */
const MAX_UNSETTLED = 1_000

/**
 * Discord takes one first response to an interaction. Where it took it but its answer was lost, it refuses when discord.js
 * tries again, as it refuses the response of another bot: what this process sent itself counts as taken, and the command
 * goes on. @param onTaken somebody else has answered an interaction
 */
export function acceptRetriedResponses(send: MakeRequest, onTaken?: () => void): MakeRequest {
  /** Interactions whose first response was sent, and may have been taken. */
  const unsettled = new Set<string>()
  const addUnsettled = (interaction: string): void => {
    unsettled.add(interaction)
    const [oldest] = unsettled
    if (unsettled.size > MAX_UNSETTLED && oldest !== undefined) unsettled.delete(oldest)
  }
  return async (url, init) => {
    const interaction = FIRST_RESPONSE.exec(url)?.[1]
    if (interaction === undefined) return send(url, init)
    let response: ResponseLike
    try {
      response = await send(url, init)
    } catch (error) {
      addUnsettled(interaction)
      throw error
    }
    // A gateway in between may have failed after Discord had taken it.
    if (response.status >= 500) addUnsettled(interaction)
    if (response.status >= 500 || response.status === 429) return response
    const wasSent = unsettled.delete(interaction)
    return response.status === 400 ? readRefusal(response, { wasSent, onTaken }) : response
  }
}

type Sent = { wasSent: boolean; onTaken: (() => void) | undefined }

/** A success in place of the refusal of what was sent before; any other refusal as it is. */
async function readRefusal(response: ResponseLike, { wasSent, onTaken }: Sent): Promise<ResponseLike> {
  const text = await response.text()
  const isTaken = codeOf(text) === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged
  if (isTaken && !wasSent) onTaken?.()
  return isTaken && wasSent
    ? withBody(response, { status: 200, text: '{}' })
    : withBody(response, { status: response.status, text })
}

function codeOf(text: string): unknown {
  try {
    return JSON.parse(text).code
  } catch {
    return undefined
  }
}

/** A response can be read once only. */
const withBody = (response: ResponseLike, { status, text }: { status: number; text: string }): ResponseLike => ({
  body: null,
  bodyUsed: false,
  headers: response.headers,
  status,
  statusText: response.statusText,
  ok: status < 300,
  text: async () => text,
  json: async () => JSON.parse(text),
  arrayBuffer: async () => new TextEncoder().encode(text).buffer,
})
