/**
 * Read before a test's server: its passwords are hashed by the same bcrypt, at the least cost that it takes. At the real cost every
 * account and every start would keep a core busy for a quarter of a second; that cost is looked at where passwords are tested.
 */

const LEAST_COST = 4

// Only in the hashing thread.
if (process.argv[1]?.endsWith('password.worker.js')) {
  const { default: bcrypt } = await import('bcryptjs')
  const { hashSync } = bcrypt
  bcrypt.hashSync = (text) => hashSync(text, LEAST_COST)
}
