import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that answers everything with the same JSON, or with what is none. */
export async function answering(answer: unknown): Promise<{ base: string; close(): Promise<void> }> {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer)
  const server = createServer((_, response) => response.end(text))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { base: `http://127.0.0.1:${port}`, close }
}
