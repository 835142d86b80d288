import { expect, test } from "vitest";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import { expectSoundUnderDamage } from "../damaged-files.test-support.js";
import { fixtureBytes } from "./zspy-fixture.test-support.js";
import { zspyFormat } from "./zspy-format.js";

test("an archive that is damaged at random gives data or typed errors, and the codecs work on", async () => {
  const bytes = await fixtureBytes();
  const totals = async () => {
    const { datasets } = await (await zspyFormat.reader()).open(bytesInMemory("signals.zspy", bytes));
    return Promise.all(datasets.map(async ({ counts }) => Array.from((await pass(counts, [sumSpectrum(counts)]))[0])));
  };
  const before = await totals();
  await expectSoundUnderDamage(zspyFormat, "signals.zspy", bytes, { runs: 100, headerBytes: 20_000 });
  expect(await totals()).toEqual(before);
});
