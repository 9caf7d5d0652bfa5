import { z } from 'zod'
import { CrossChatError } from '../../errors.ts'
import { FORMAT } from './layout.ts'

/** The first words of a backup. */
export interface Head {
  format: number
  /** The version that made it. */
  crosschat: string
  /** The moment of which it is, in ISO 8601. */
  at: string
  /** `environment`: CROSSCHAT_SECRET was set, so that the secret is not in the backup. */
  secret: 'inside' | 'environment'
}

/** One file as it lies in the backup. */
export interface Listed {
  name: string
  size: number
  sha256: string
}

export interface Manifest {
  files: Listed[]
}

const FORMAT_SHAPE = z.object({ format: z.int().min(1) })
const HEAD_SHAPE = z.object({
  format: z.int(),
  crosschat: z.string().max(64),
  at: z.iso.datetime(),
  secret: z.enum(['inside', 'environment']),
})
const MANIFEST_SHAPE = z.object({
  files: z.array(z.object({ name: z.string(), size: z.int().min(0), sha256: z.string() })),
})

export function damaged(why: string, cause?: unknown): CrossChatError {
  return new CrossChatError('bad_backup', { message: `The backup cannot be used: ${why}. Nothing was changed.`, cause })
}

/** The number is looked at first: what a newer form says besides is not known here. */
export function readHead(bytes: Buffer): Head {
  const { format } = read(FORMAT_SHAPE, bytes, 'it does not begin as a backup of CrossChat does')
  if (format > FORMAT) {
    const message = `The backup has the form ${format}, and this CrossChat reads up to ${FORMAT}. Restore it with a newer CrossChat. Nothing was changed.`
    throw new CrossChatError('newer_backup', { message })
  }
  return read(HEAD_SHAPE, bytes, 'it does not begin as a backup of CrossChat does')
}

export function readManifest(bytes: Buffer): Manifest {
  return read(MANIFEST_SHAPE, bytes, 'its manifest is damaged')
}

/** Throws unless exactly what is listed was found, with these bytes. */
export function compare(found: ReadonlyMap<string, Listed>, { files }: Manifest): void {
  const names = new Set(files.map(({ name }) => name))
  if (names.size !== files.length) throw damaged('its manifest lists a file twice')
  if (files.length !== found.size) throw damaged(`its manifest lists ${files.length} files and it holds ${found.size}`)
  for (const { name, size, sha256 } of files) {
    const file = found.get(name)
    if (file?.size !== size || file.sha256 !== sha256)
      throw damaged(`${JSON.stringify(name)} is not as its manifest says`)
  }
}

function read<T>(shape: z.ZodType<T>, bytes: Buffer, why: string): T {
  try {
    return shape.parse(JSON.parse(bytes.toString('utf8')))
  } catch (error) {
    throw damaged(why, error)
  }
}
