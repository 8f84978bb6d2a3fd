// The preview draws messages in the manner of Discord; what strangers wrote stays text.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { drawMarkdown, type Names } from '../../scripts/preview/markdown.ts'
import { drawPage } from '../../scripts/preview/page.ts'
import type { Entry, ShownComponent, ShownMessage } from '../../scripts/preview/shown.ts'

const names: Names = {
  user: (id) => (id === '1' ? 'sakura' : undefined),
  role: () => 'teachers',
  channel: () => 'drawings',
  locale: 'en',
  now: new Date('2026-06-01T12:00:00Z'),
}
const CARDS = 1 << 15
const PRIVATE = 1 << 6
const bot = { name: 'Mekiki', isBot: true }
const said = (message: ShownMessage, more: object = {}): Entry => ({
  ...{ kind: 'message', author: bot, time: '14:05', message, ...more },
})
const page = (...entries: Entry[]): string =>
  drawPage([{ id: 'one', title: 'One <scene>', locale: 'en', channel: 'general', entries }], names)
const cards = (...components: ShownComponent[]): string => page(said({ flags: CARDS, components }))

test('Discord’s Markdown', () => {
  const soon = names.now.getTime() / 1000 - 7200
  const drawn: [text: string, html: string][] = [
    ['**a** *b* _c_ __d__ ~~e~~', '<strong>a</strong> <em>b</em> <em>c</em> <u>d</u> <s>e</s>'],
    ['snake_case_name 2*3*4 \\*not\\*', 'snake_case_name 2<em>3</em>4 &#42;not&#42;'.replaceAll('&#42;', '*')],
    ['### Head\nline\nnext', '<h3>Head</h3>line<br>next'],
    ['- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
    ['-# small', '<small>small</small>'],
    ['> quoted', '<blockquote>quoted</blockquote>'],
    ['`a **b**`', '<code>a **b**</code>'],
    ['```\n<x>\n```', '<pre>&#60;x&#62;</pre>'],
    ['||hidden||', '<span class="spoiler">hidden</span>'],
    ['<@1> <@2>', '<span class="mention">@sakura</span> <span class="mention">@unknown-user</span>'],
    ['<#5> <@&6>', '<span class="mention"># drawings</span> <span class="mention">@teachers</span>'],
    ['</label:12>', '<span class="mention">/label</span>'],
    [`<t:${soon}:R>`, '<span class="time">2 hours ago</span>'],
    ['[a](https://example.org/x)', '<a href="https://example.org/x">a</a>'],
    ['[a](javascript:alert(1))', '[a](javascript:alert(1))'],
  ]
  for (const [text, html] of drawn) assert.equal(drawMarkdown(text, names), html)
})

test('whatever people write, only tags of ours come out', () => {
  const parts = fc.constantFrom(
    '<img src=x onerror=a>',
    '**',
    '`',
    '||',
    '\\',
    '"',
    '<@1>',
    '[x](https://a.b)',
    '\n',
    'é',
    '_',
  )
  const tags = /<\/?(strong|em|u|s|code|pre|br|h[1-3]|small|blockquote|ul|ol|li|a|span)( (class|href)="[^"<>]*")?>/g
  const text = fc.array(fc.oneof(parts, fc.string()), { maxLength: 12 }).map((all) => all.join(''))
  fc.assert(fc.property(text, (some) => assert.doesNotMatch(drawMarkdown(some, names).replace(tags, ''), /[<>"]/)))
})

test('a card with all that it can hold', () => {
  const url = 'data:image/webp;base64,AAAA'
  const html = cards({
    type: 17,
    accent_color: 0x23a55a,
    components: [
      { type: 9, components: [{ type: 10, content: '### **Akari** · 96 %' }], accessory: { type: 11, media: { url } } },
      { type: 12, items: [{ media: { url }, spoiler: true, description: '"quoted"' }, { media: { url } }] },
      { type: 14 },
      {
        type: 1,
        components: [
          { type: 2, style: 3, label: 'Right' },
          { type: 2, style: 2, label: '◀', disabled: true },
        ],
      },
      { type: 1, components: [{ type: 3, placeholder: 'It’s …', options: [{ label: 'Botan', value: 'b' }] }] },
      { type: 1, components: [{ type: 8 }] },
    ],
  })
  assert.match(html, /class="card" style="border-left-color:#23a55a"/)
  assert.match(html, /<h3><strong>Akari<\/strong> · 96 %<\/h3>/)
  assert.equal(html.match(/<img /g)?.length, 3)
  assert.equal(html.match(/class="covered"/g)?.length, 1)
  assert.match(html, /alt="&#34;quoted&#34;"/)
  assert.match(html, /<button class="success">Right<\/button><button class="secondary" disabled>◀<\/button>/)
  assert.match(html, /class="list empty">It’s …/)
  assert.match(html, /Select a channel/)
})

test('who sees it, what it answers, and messages from before cards', () => {
  const own = page(
    said(
      { flags: CARDS | PRIVATE, components: [{ type: 10, content: 'x' }] },
      { used: { by: 'tom', command: 'stats' } },
    ),
  )
  assert.match(own, /Only you can see this/)
  assert.match(own, /<b>tom<\/b> used <span class="mention">\/stats<\/span>/)
  const attachments = [
    { filename: 'SPOILER_a.png', size: 2048, url: 'data:image/png;base64,AA', content_type: 'image/png' },
    { filename: 'report<b>.html', size: 2048, url: 'data:text/html;base64,AA', content_type: 'text/html' },
  ]
  const old = page(
    said(
      { content: 'old', attachments, embeds: [{ title: 'E', description: '<i>', color: 255 }] },
      {
        replyTo: { author: { name: 'tom' }, excerpt: 'who?' },
      },
    ),
  )
  assert.match(old, /<b>@tom<\/b> who\?/)
  assert.match(old, /class="covered".*report&#60;b&#62;\.html.*2\.00 KB/s)
  assert.match(old, /border-left-color:#0000ff.*&#60;i&#62;/s)
  assert.doesNotMatch(old, /Only you can see this|<scene>/)
})

test('a page needs nothing else, and has both themes', () => {
  const html = cards({ type: 10, content: 'x' })
  assert.doesNotMatch(html, /<script|<link|src="(?!data:)|url\(/)
  assert.match(html, /prefers-color-scheme: dark/)
  assert.match(html, /id="light"/)
})
