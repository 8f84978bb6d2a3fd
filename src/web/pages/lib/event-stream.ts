type StreamEvent = { event: string; data: unknown }

/** The events of a `text/event-stream` that a request answered with. */
export async function* readEvents({ body }: Response): AsyncGenerator<StreamEvent> {
  if (!body) return
  let rest = ''
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const blocks = (rest + value).split(/\r?\n\r?\n/)
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const event = parse(block)
        if (event) yield event
      }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/** Events of a text that ends with one. */
export const parseEvents = (text: string): StreamEvent[] =>
  text.split(/\r?\n\r?\n/).flatMap((block) => parse(block) ?? [])

function parse(block: string): StreamEvent | undefined {
  let event = 'message'
  const data: string[] = []
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith('event:')) event = line.slice('event:'.length).trim()
    else if (line.startsWith('data:')) data.push(line.slice('data:'.length).trim())
  }
  if (event === 'end') return { event, data: undefined }
  return data.length > 0 ? { event, data: JSON.parse(data.join('\n')) } : undefined
}
