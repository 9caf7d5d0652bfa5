import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { debianProgram } from '../../help/debian-program.ts'
import { endChild } from '../../help/end-child.ts'
import { startFront } from '../../help/front.ts'

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
/** A pushed message that a node does not answer for so long goes back to whoever sent it; a node behind a cut takes no connection in truth. */
const PUSHED_WITHIN_S = 5
/** Nodes that failed so often within this time get nothing for as long. One slow answer says nothing of a node, and all of them may be slow at once. */
const FAILURES = 10
const SPARED_S = 2

/** A real nginx in front of the nodes. */
export class Front {
  readonly base: string
  readonly #child: ChildProcess
  readonly #folder: string
  readonly #end = () => this.#child.kill('SIGKILL')

  private constructor(base: string, child: ChildProcess, folder: string) {
    this.base = base
    this.#child = child
    this.#folder = folder
    process.once('exit', this.#end)
  }

  /** `hosts`: names or addresses of the nodes, with their ports. */
  static async open(port: number, hosts: readonly string[]): Promise<Front> {
    const program = await debianProgram('nginx')
    if (program === null) throw new Error('There is no nginx, and no nodes behind one.')
    const folder = await mkdtemp(join(tmpdir(), 'crosschat-front-'))
    const home = join(folder, 'nginx')
    const words = ['-p', home, '-c', join(home, 'nginx.conf'), '-e', 'stderr']
    const files = { 'nginx.conf': configOf(port, hosts) }
    const child = await startFront({ program, words, home, files, port })
    return new Front(`http://127.0.0.1:${port}`, child, folder)
  }

  async close(): Promise<void> {
    process.off('exit', this.#end)
    await endChild(this.#child, 'SIGTERM')
    await rm(this.#folder, { recursive: true, force: true })
  }
}

function configOf(port: number, hosts: readonly string[]): string {
  const servers = hosts.map((host) => `server ${host} max_fails=${FAILURES} fail_timeout=${SPARED_S}s;`)
  return `user root; daemon off; pid nginx.pid; worker_processes 1;
events { worker_connections 4096; }
http {
  access_log off;
  ${TEMPORARY.map((each) => `${each}_temp_path ${each};`).join(' ')}
  map $http_upgrade $crosschat_connection { default upgrade; '' close; }
  upstream crosschat { least_conn; ${servers.join(' ')} }
  proxy_connect_timeout 1s;
  proxy_http_version 1.1;
  proxy_buffering off;
  proxy_set_header Host $http_host;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $crosschat_connection;
  server {
    listen 127.0.0.1:${port};
    client_max_body_size 2m;
    location / { proxy_pass http://crosschat; proxy_read_timeout 60s; }
    location /api/producers/ { proxy_pass http://crosschat; proxy_read_timeout ${PUSHED_WITHIN_S}s; }
  }
}
`
}
