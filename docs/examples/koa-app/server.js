// A site of your own, with Koa, that has CrossChat under a second host name.
import { createServer } from 'node:http'
import { createCrossChat } from 'crosschat'
import Koa from 'koa'

const port = Number(process.env.PORT ?? 8080)
/** A name of its own: no page of the rest of the site can then act as somebody who is signed in to the panel. */
const chatName = process.env.CHAT_NAME ?? 'chat.localhost'
const chat = createCrossChat({
  env: { CROSSCHAT_PUBLIC_URL: `http://${chatName}:${port}`, ...process.env },
})

const app = new Koa()
// First of all: what reads bodies, sets headers or checks cookies is for the rest of the site.
app.use((ctx, next) => {
  if (ctx.hostname !== chatName) return next()
  ctx.respond = false
  chat.handler(ctx.req, ctx.res)
})
app.use((ctx) => {
  ctx.body = `This is the site. The chat: http://${chatName}:${port}/admin/\n`
})

const server = createServer(app.callback())
server.on('upgrade', (req, socket, head) => {
  if (req.headers.host?.split(':')[0] === chatName) chat.upgrade(req, socket, head)
  else socket.destroy()
})

await chat.start()
server.listen(port, '127.0.0.1', () => console.log(`The site listens on http://localhost:${port}`))

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    server.close()
    await chat.close()
    server.closeAllConnections()
  })
}
