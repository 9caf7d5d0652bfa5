import { createHash } from 'node:crypto'
import type Koa from 'koa'

/** What a file's name keeps of an overlay's. */
const MAX_NAME = 40
/** Milliseconds. Somebody who starts OBS first sees the chat soon after the server is there, and nothing is kept busy. */
const PAUSES = { first: 400, longest: 4_000, growth: 1.5, answer: 5_000 }

export interface Waited {
  /** The overlay's. */
  name: string
  /** With its key. */
  url: string
}

/**
 * A source in OBS whose first load fails stays blank for ever; a file always loads. This one draws nothing, asks for the
 * server as long as it takes, and then goes to the overlay. It goes there rather than framing it: one page
 * less that OBS draws.
 */
export function sendWaitingFile(ctx: Koa.Context, waited: Waited): string {
  ctx.type = 'text/html; charset=utf-8'
  ctx.set('Content-Disposition', `attachment; filename="crosschat-${fileName(waited.name)}.html"`)
  return waitingPage(waited.url)
}

function fileName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, MAX_NAME)
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
  return plain === '' ? 'overlay' : plain
}

function waitingPage(url: string): string {
  const { origin } = new URL(url)
  const script = `(${wait})(${inScript(url)}, ${inScript(`${origin}/healthz`)}, ${inScript(PAUSES)})`
  const hash = createHash('sha256').update(script).digest('base64')
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; connect-src ${origin}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<title>CrossChat</title>
<style>html, body { margin: 0; overflow: hidden; background: transparent }</style>
</head>
<body><script>${script}</script></body>
</html>
`
}

/** A value as it may stand in a script: nothing in it ends the element. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Runs in the file, in Chromium 103 and later. As text: this file is compiled for the server. */
const wait = `function (overlay, health, pauses) {
  var pause = pauses.first
  var timer = 0
  function again() {
    timer = setTimeout(ask, pause * (0.5 + Math.random()))
    pause = Math.min(pauses.longest, pause * pauses.growth)
  }
  function ask() {
    timer = 0
    var stop = new AbortController()
    var late = setTimeout(function () { stop.abort() }, pauses.answer)
    fetch(health, { cache: 'no-store', credentials: 'omit', signal: stop.signal })
      .then(function (answer) { return answer.json() })
      // Another program on the same port is not gone to, nor a proxy that answers for us.
      .then(function (said) { if (said.status === 'ok') location.replace(overlay); else again() })
      .catch(again)
      .then(function () { clearTimeout(late) })
  }
  // Timers of hidden pages are slow: whoever looks does not wait for one.
  document.addEventListener('visibilitychange', function () {
    if (document.hidden || timer === 0) return
    clearTimeout(timer)
    pause = pauses.first
    ask()
  })
  ask()
}`
