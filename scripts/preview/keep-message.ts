// A message as it is at one moment, with its files in it: the stand-in goes on to change it, and ends.

import { mediaIn } from '../../test/support/discord/components.ts'
import type { Message } from '../../test/support/discord/entities.ts'
import type { ShownMessage } from './shown.ts'

export async function keepMessage({ content, components, embeds, attachments, flags }: Message): Promise<ShownMessage> {
  const kept = structuredClone({ content, components, embeds, attachments, flags })
  const files = [...kept.attachments, ...mediaIn(kept.components)]
  for (const file of files) file.url = await inline(file.url)
  return kept
}

async function inline(url: string): Promise<string> {
  if (!url.startsWith('http')) return url
  const response = await fetch(url)
  const type = response.headers.get('content-type') ?? 'application/octet-stream'
  return `data:${type};base64,${Buffer.from(await response.arrayBuffer()).toString('base64')}`
}
