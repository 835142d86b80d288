/** The first run of one benchmark's reference or kernel in this process, as often as the benchmark says: its processor seconds. */
import { kernelBenches } from "./kernels.mjs";
import { timed } from "./measure.mjs";

const [name, side] = process.argv.slice(2);
const { prepare, first } = kernelBenches.find((bench) => bench.name === name);
const work = (await prepare())[side];
const seconds = await timed(async () => {
  for (let i = 0; i < first; i++) await work();
});
console.log(seconds);
