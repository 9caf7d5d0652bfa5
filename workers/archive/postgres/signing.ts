import type { Database } from '../../keeping/database.ts'
import { type Block, Tail } from './blocks.ts'
import { contentsOf, rowsOf } from './rows.ts'
import { BLOCK_ROWS } from './sign.ts'
import type { Head } from './view.ts'

const UNSIGNED = `SELECT block FROM generate_series(0, ($2 - 1) / ${BLOCK_ROWS}) AS block WHERE NOT EXISTS (
  SELECT FROM crosschat.blocks AS b
  WHERE b.stream = $1 AND b.block = block.block AND b.covers >= least(${BLOCK_ROWS}, $2 - block.block * ${BLOCK_ROWS})
)`
const SIGN = `INSERT INTO crosschat.blocks (stream, block, covers, first_at, last_at, sign) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (stream, block) DO UPDATE
  SET covers = excluded.covers, first_at = excluded.first_at, last_at = excluded.last_at, sign = excluded.sign`

/** Signs the blocks that are not signed yet, or for fewer rows than they have: from then on, a search knows all of them. */
export async function signAll(database: Database, head: Head): Promise<void> {
  const unsigned = await database.rows<{ block: number }>({ text: UNSIGNED, values: [head.n, head.rows] })
  for (const { block } of unsigned) {
    const from = block * BLOCK_ROWS
    const rows = await rowsOf(database, head.n, from, Math.min(head.rows, from + BLOCK_ROWS))
    const { tail, full } = Tail.at(from).grown(contentsOf(rows))
    await keep(database, head.n, full[0] ?? tail.unfinished, rows.length)
  }
}

async function keep(
  database: Database,
  n: number,
  { block, firstAt, lastAt, sign }: Block,
  covers: number,
): Promise<void> {
  await database.rows({ text: SIGN, values: [n, block, covers, firstAt, lastAt, sign] })
}
