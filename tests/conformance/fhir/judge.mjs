// The parts in their order: later ones look at what earlier ones left on the server.
// TO ADD A PART: 1 a file in parts/ that exports judge(check)  2 its name here  3 a line in README.md
import { summary, checker } from './parts/check.mjs';

const PARTS = ['fhirpath', 'examples', 'search', 'emitted', 'capability'];
const ALONE = ['fhirpath']; // look at nothing another part left on the server
const asked = process.argv.slice(2);
for (const name of PARTS) {
  const needed = name === 'examples' && asked.some((a) => !ALONE.includes(a));
  if (asked.length && !needed && !asked.includes(name)) continue;
  const { judge } = await import(`./parts/${name}.mjs`);
  await judge(checker(name));
}
process.exit(summary());
