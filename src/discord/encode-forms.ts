import { DefaultRestOptions, type RESTOptions } from 'discord.js'

/**
 * A request whose form is bytes already. discord.js comes with an undici of its own, whose dispatcher is ours where a
 * proxy is used; ours takes no form that another made.
 */
export const requestWithEncodedForm: RESTOptions['makeRequest'] = async (url, init) => {
  if (!(init.body instanceof FormData)) return DefaultRestOptions.makeRequest(url, init)
  const encoded = new Response(init.body)
  const type = encoded.headers.get('content-type') ?? ''
  const body = new Uint8Array(await encoded.arrayBuffer())
  return DefaultRestOptions.makeRequest(url, { ...init, body, headers: { ...init.headers, 'content-type': type } })
}
