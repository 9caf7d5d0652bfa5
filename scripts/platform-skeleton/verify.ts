export const verify = (id: string): string => `import { createHmac, timingSafeEqual } from 'node:crypto'
import { BadDelivery, type Delivery, type Verdict, type Verifier } from '../platform.ts'

/** Its beginning stands in PUSH_HEADER_PREFIXES, else it does not come through. */
const SIGNATURE = '${id}-signature'

/** Checks signed deliveries: HMAC-SHA256 over the body with the secret of the source. */
export function verifier(): Verifier {
  return ({ bytes, headers, source }: Delivery): Verdict => {
    if (source === null) return { kind: 'foreign', why: 'Nothing is followed here.' }
    const { secret = '' } = source.options
    const hmac = createHmac('sha256', secret).update(bytes)
    const [right, given] = [hmac.digest(), Buffer.from(headers[SIGNATURE] ?? '', 'hex')]
    const fits = given.length === right.length && timingSafeEqual(given, right)
    if (secret === '' || !fits) throw new BadDelivery('bad_signature', 'The signature does not fit.')
    return { kind: 'payload', body: new TextDecoder().decode(bytes), headers }
  }
}
`
