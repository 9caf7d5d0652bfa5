import { TOLD } from '../../scripts/outcome.ts'

/** Says a figure that whoever runs all tests should see, also when everything passes. */
export function tell(figure: string): void {
  console.log(`${TOLD}${figure}`)
}
