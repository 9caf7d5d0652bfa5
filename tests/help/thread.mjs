// Runs a test's own thread from its TypeScript source: loaders do not reach into threads by themselves.
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import(workerData.entry)
