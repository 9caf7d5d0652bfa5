import callbacks from 'node:fs'
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Node's file operations, each of which can be made to fail or to wait, also those on open files and in streams. NeDB takes hold of some
 * while it is loaded, so this comes first.
 */

const BY_PATH = [
  'access',
  'appendFile',
  'chmod',
  'link',
  'mkdir',
  'open',
  'readFile',
  'readdir',
  'rename',
  'rm',
  'stat',
  'truncate',
  'unlink',
  'writeFile',
]
const OF_HANDLES = ['appendFile', 'datasync', 'read', 'stat', 'sync', 'write', 'writeFile']
/** Bytes that a write on a full disk leaves out: it takes a part before it says so. */
const MISSING = 9

export function wrapFiles({ ask, done = () => undefined, free = () => null }) {
  const paths = new WeakMap()
  const realOpen = fs.open
  for (const name of BY_PATH) {
    const real = fs[name]
    fs[name] = async (...args) => {
      const path = String(args[0])
      const error = await ask(name, path)
      if (error !== null && (name === 'appendFile' || name === 'writeFile')) {
        const part = partOf(args[1], error)
        if (part !== null) await real.call(fs, args[0], part, ...args.slice(2)).catch(() => undefined)
      }
      if (error !== null) throw error
      const result = await real.apply(fs, args)
      if (name === 'open') paths.set(result, path)
      done(name, path)
      return result
    }
  }
  const statfs = fs.statfs
  fs.statfs = async (...args) => {
    const disk = await statfs.apply(fs, args)
    const left = free()
    return left === null ? disk : { ...disk, bavail: Math.floor(left / disk.bsize) }
  }
  const wrapHandles = async () => {
    const handle = await realOpen(process.execPath, 'r')
    const proto = Object.getPrototypeOf(handle)
    await handle.close()
    for (const name of OF_HANDLES) {
      const real = proto[name]
      proto[name] = async function (...args) {
        const path = paths.get(this)
        if (path === undefined) return real.apply(this, args)
        const error = await ask(name, path)
        if (error !== null && (name === 'appendFile' || name === 'writeFile')) {
          const part = partOf(args[0], error)
          if (part !== null) await real.call(this, part)
        }
        if (error !== null) throw error
        const result = await real.apply(this, args)
        done(name, path)
        return result
      }
    }
  }
  wrapStreams(ask, done)
  syncBuiltinESMExports()
  return wrapHandles()
}

/** What a stream opens, and writes into what it opened. */
function wrapStreams(ask, done) {
  const paths = new Map()
  const { open, close, write, writev } = callbacks
  callbacks.open = (path, ...rest) => {
    const callback = rest.pop()
    answer(ask('open', String(path)), callback, () =>
      open(path, ...rest, (error, fd) => {
        if (fd !== undefined) paths.set(fd, String(path))
        callback(error, fd)
      }),
    )
  }
  callbacks.close = (fd, ...rest) => {
    paths.delete(fd)
    return close(fd, ...rest)
  }
  for (const [name, real] of Object.entries({ write, writev })) {
    callbacks[name] = (fd, data, ...rest) => {
      const path = paths.get(fd)
      if (path === undefined) return real(fd, data, ...rest)
      answer(ask('write', path), rest.at(-1), () => {
        real(fd, data, ...rest)
        done('write', path)
      })
    }
  }
}

function answer(asked, callback, goOn) {
  void Promise.resolve(asked).then((error) => (error === null ? goOn() : callback(error)))
}

/** What is written before it fails: nearly all on a full disk, half on a broken one, nothing where it could not be opened. */
function partOf(data, { code }) {
  if (code === 'ENOSPC') return data.slice(0, Math.max(0, data.length - MISSING))
  return code === 'EIO' ? data.slice(0, Math.ceil(data.length / 2)) : null
}
