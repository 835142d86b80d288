import { describe, expect, it } from "vitest";
import { heardBy } from "./heard.js";

describe("news before the answer", () => {
  it("is waited for until the listener is through with the last of it", async () => {
    const order: string[] = [];
    let resolve = (): void => undefined;
    const promise = new Promise<void>((done) => {
      resolve = done;
    });
    const { tell, all } = heardBy<string>(async (news) => {
      await promise;
      order.push(news);
    });
    tell("first");
    tell("second");
    const answered = all().then(() => order.push("answer"));
    expect(order).toEqual([]);
    resolve();
    await answered;
    expect(order).toEqual(["first", "second", "answer"]);
  });

  it("that fails holds no answer back", async () => {
    const { tell, all } = heardBy<string>(() => Promise.reject(new RangeError("the page is gone")));
    await expect(Promise.resolve(tell("lost"))).rejects.toThrow(RangeError);
    await expect(all()).resolves.toBeUndefined();
  });

  it("is not needed", async () => {
    await expect(heardBy(() => undefined).all()).resolves.toBeUndefined();
  });
});
