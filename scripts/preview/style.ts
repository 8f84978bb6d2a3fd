// Discord's looks, near enough to judge an answer by: widths, sizes, colours of its dark and light themes.

const DARK = `
  --ground: #313338; --text: #dbdee1; --strong: #f2f3f5; --quiet: #949ba4; --link: #00a8fc;
  --card: #2b2d31; --line: #3f4147; --mention: #3c4270; --mention-text: #c9cdfb; --code: #1e1f22; --hover: #393c41;
  --secondary: #4e5058; --secondary-text: #fff; --list: #1e1f22; --time: #404249; --private: #383a5a; --cover: #202225;
`
const LIGHT = `
  --ground: #fff; --text: #313338; --strong: #060607; --quiet: #5c5e66; --link: #006ce7;
  --card: #f7f7f8; --line: #dcdee2; --mention: #e6e8fd; --mention-text: #4752c4; --code: #ebedef; --hover: #f2f3f5;
  --secondary: #e3e5e8; --secondary-text: #2e3035; --list: #ebedef; --time: #ebedef; --private: #eef0ff; --cover: #c4c9ce;
`

export const PREVIEW_STYLE = `
:root { color-scheme: light; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { color-scheme: dark; ${DARK} } }
:root:has(#dark:checked) { color-scheme: dark; ${DARK} }
:root:has(#light:checked) { color-scheme: light; ${LIGHT} }
* { box-sizing: border-box }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 16px/1.375 "gg sans", "Noto Sans", "Noto Sans CJK JP", "Helvetica Neue", Helvetica, Arial, sans-serif;
}
nav { padding: 12px 16px; border-bottom: 1px solid var(--line); font-size: 14px }
nav a { margin-right: 12px; white-space: nowrap }
a { color: var(--link); text-decoration: none }
.scene { max-width: 760px; padding: 0 0 20px }
.scene > h2 { font-size: 16px; margin: 0 0 12px; padding: 12px 16px; color: var(--strong); border-bottom: 1px solid var(--line) }
.scene > h2 i { color: var(--quiet); font-style: normal; margin-right: 6px }
.scene > h2 small { color: var(--quiet); font-weight: 400; font-size: 14px; margin-left: 10px; padding-left: 10px; border-left: 1px solid var(--line) }
.step { margin: 14px 16px 2px 72px; color: var(--quiet); font-size: 13px; font-style: italic }
.step::before { content: "→ " }

.message { padding: 6px 16px; margin-top: 10px }
.message.private { background: var(--private) }
.above { display: flex; align-items: center; gap: 6px; margin: 0 0 4px 36px; color: var(--quiet); font-size: 14px }
.above::before { content: ""; width: 22px; height: 10px; margin: 8px -2px 0 -18px; border: 2px solid var(--line); border-width: 2px 0 0 2px; border-radius: 6px 0 0 0 }
.above span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.above b { font-weight: 500; color: var(--text) }
.above .avatar { width: 16px; height: 16px; font-size: 9px; flex: none }
.body { display: flex; gap: 16px }
.avatar { width: 40px; height: 40px; flex: none; border-radius: 50%; display: grid; place-items: center; color: #fff; font-weight: 600; font-size: 18px }
.avatar.bot { background: linear-gradient(135deg, #5865f2, #3c45a5) }
.said { flex: 1; min-width: 0 }
header { display: flex; align-items: baseline; gap: 6px; margin-bottom: 2px }
header b { color: var(--strong); font-weight: 500 }
header time { color: var(--quiet); font-size: 12px }
.app { background: #5865f2; color: #fff; font-size: 10px; font-weight: 600; line-height: 15px; padding: 0 5px; border-radius: 3px; align-self: center }
.notice { color: var(--quiet); font-size: 13px; margin-top: 6px }
.thinking { color: var(--quiet); font-style: italic }

.text { overflow-wrap: anywhere; white-space: normal }
h1, h2, h3, h4 { color: var(--strong); line-height: 1.3 }
.text h1 { font-size: 24px; margin: 8px 0 } .text h2 { font-size: 20px; margin: 8px 0 } .text h3, h4 { font-size: 16px; margin: 0 0 6px }
.text small { display: block; color: var(--quiet); font-size: 13px }
.text ul, .text ol { margin: 4px 0; padding-left: 22px }
blockquote { margin: 0; padding: 0 8px 0 12px; border-left: 4px solid var(--line) }
code { background: var(--code); border-radius: 4px; padding: 1px 4px; font: 85% "Noto Sans Mono", Consolas, monospace }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 4px; padding: 7px; margin: 6px 0 0; font: 14px/1.3 "Noto Sans Mono", Consolas, monospace; white-space: pre-wrap }
strong { font-weight: 700 }
.mention { background: var(--mention); color: var(--mention-text); border-radius: 3px; padding: 0 2px; font-weight: 500 }
.time { background: var(--time); border-radius: 3px; padding: 0 2px }
.spoiler { background: var(--cover); color: transparent; border-radius: 3px }

.cards { display: flex; flex-direction: column; gap: 8px; max-width: 600px; margin-top: 4px }
.card { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 8px; padding: 14px 16px; display: flex; flex-direction: column; gap: 8px }
.card.embed { max-width: 520px; margin-top: 4px } .card.embed img { max-width: 100%; border-radius: 4px }
.section { display: flex; gap: 16px; justify-content: space-between; align-items: flex-start }
.section > div:first-child { min-width: 0; flex: 1 }
.thumbnail { width: 85px; height: 85px; flex: none } .thumbnail img { width: 100%; height: 100%; object-fit: cover; border-radius: 8px; display: block }
.gallery { display: grid; gap: 4px; max-width: 550px; margin-top: 4px; border-radius: 8px; overflow: hidden }
.gallery img { display: block; width: 100%; height: 100%; object-fit: cover; border-radius: 4px }
.gallery.of-1 { justify-content: start } .gallery.of-1 img { width: auto; height: auto; max-width: 100%; max-height: 350px }
.gallery.of-2, .gallery.of-4 { grid-template-columns: 1fr 1fr } .gallery.of-3, .gallery.of-5 { grid-template-columns: 1fr 1fr 1fr }
.gallery:not(.of-1) .picture { aspect-ratio: 1 }
.covered { position: relative; overflow: hidden; border-radius: 8px; display: inline-block }
.covered > :first-child { filter: blur(30px) brightness(.6) }
.covered > b { position: absolute; inset: 0; margin: auto; width: max-content; height: max-content; background: #000a; color: #fff; border-radius: 20px; padding: 6px 12px; font-size: 14px }
hr { width: 100%; border: 0; border-top: 1px solid var(--line); margin: 0 } hr.wide { margin: 8px 0 } hr.bare { border-color: transparent }
.file { display: flex; gap: 10px; align-items: center; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; margin-top: 4px; max-width: 430px }
.file i { font-size: 26px; font-style: normal } .file small { display: block; color: var(--quiet); font-size: 12px }

.row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 4px }
button {
  display: inline-flex; align-items: center; gap: 6px; min-height: 32px; padding: 2px 14px; border: 0; border-radius: 8px;
  font: 500 14px/1.2 inherit; font-family: inherit; font-size: 14px; font-weight: 500; color: #fff; background: #5865f2;
}
button.secondary, button.link { background: var(--secondary); color: var(--secondary-text) }
button.success { background: #248046 } button.danger { background: #da373c }
button:disabled { opacity: .5 }
.leaves { font-size: 12px }
.list { flex: 1; min-width: 180px; max-width: 400px; display: flex; justify-content: space-between; gap: 8px; align-items: center; min-height: 40px; padding: 6px 12px; background: var(--list); border: 1px solid var(--line); border-radius: 8px }
.list.empty { color: var(--quiet) } .list.disabled { opacity: .5 }
.list i { width: 8px; height: 8px; border: 2px solid currentColor; border-width: 0 2px 2px 0; transform: rotate(45deg) translate(-2px, -2px); flex: none }

.form { margin: 12px 16px 0 72px; max-width: 440px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 18px; box-shadow: 0 6px 24px #0004 }
.form h2 { font-size: 20px; margin: 0 0 12px } .form label { display: block; font-weight: 500; margin-bottom: 14px; color: var(--strong) }
.form em { color: #da373c; font-style: normal } .form small { display: block; font-weight: 400; color: var(--quiet); font-size: 13px }
.form .input, .form .upload { margin-top: 6px; padding: 9px 12px; background: var(--list); border: 1px solid var(--line); border-radius: 8px; font-weight: 400; color: var(--text) }
.form .input.empty { color: var(--quiet) } .form .upload { border-style: dashed; text-align: center; color: var(--quiet) } .form .row { justify-content: flex-end }
@media (max-width: 520px) { .body { gap: 10px } .message { padding: 6px 10px } .step, .form { margin-left: 60px } }
`
