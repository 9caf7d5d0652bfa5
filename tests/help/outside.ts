import { SETTINGS, type Setting } from '../../server/settings.ts'

/** Nobody listens here, on any machine that runs tests. */
const DEAF = '127.0.0.1:9'

/**
 * Every address outside led to where nobody listens: whoever follows a channel in a test takes this, and the stand-ins that it is
 * about on top, so that nothing leaves the machine.
 */
export const NOWHERE: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values<Setting<unknown>>(SETTINGS).flatMap(({ env, fallback, outside }) => {
    const address =
      outside === true && typeof fallback === 'string' && URL.canParse(fallback) ? new URL(fallback) : null
    return address === null ? [] : [[env, `${address.protocol.replace(/s:$/, ':')}//${DEAF}/`]]
  }),
)
