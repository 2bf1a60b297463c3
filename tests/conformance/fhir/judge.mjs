// The parts in their order: later ones look at what earlier ones left on the server.
// TO ADD A PART: 1 a file in parts/ that exports judge(check)  2 its name here  3 a line in README.md
import { summary, checker } from './parts/check.mjs';

const PARTS = ['examples', 'search', 'emitted', 'capability'];
const asked = process.argv.slice(2);
for (const name of PARTS) {
  if (asked.length && name !== 'examples' && !asked.includes(name)) continue;
  const { judge } = await import(`./parts/${name}.mjs`);
  await judge(checker(name));
}
process.exit(summary());
