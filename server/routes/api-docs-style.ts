/** Of the page that shows the API; both palettes keep 4.5 : 1 and more. */
export const API_STYLE = `
:root { color-scheme: dark light; --ground: #0e0f13; --card: #17181d; --text: #f0f1f4; --muted: #a9adb8; --line: #33363f; --link: #a99bff; --code: #22242b }
@media (prefers-color-scheme: light) { :root { --ground: #f5f6f8; --card: #fff; --text: #16181d; --muted: #565b67; --line: #d5d8df; --link: #4a35c9; --code: #eef0f3 } }
* { box-sizing: border-box }
body { max-width: 980px; margin: 0 auto; padding: 24px 16px 64px; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
a { color: var(--link) }
h1 { margin: 0; font-size: 28px }
h2 { margin: 40px 0 0; font-size: 20px }
h3 { margin: 20px 0 8px; font-size: 15px }
header p, section > p, small { color: var(--muted) }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 16px 0; padding: 0; list-style: none }
nav a { display: inline-block; min-height: 24px }
details { margin: 8px 0; padding: 0 16px; border: 1px solid var(--line); border-radius: 10px; background: var(--card) }
details[open] { padding-bottom: 16px }
summary { padding: 10px 0; cursor: pointer }
summary span { color: var(--muted) }
code { font: 14px/1.5 ui-monospace, monospace }
.method { display: inline-block; min-width: 58px; font-weight: 700 }
pre { max-height: 320px; margin: 8px 0; padding: 12px; overflow: auto; border-radius: 8px; background: var(--code) }
ul, dl { margin: 0; padding-left: 20px }
dl { padding: 0 }
dt { margin-top: 8px; font-weight: 700 }
dd { margin: 0 }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
`
