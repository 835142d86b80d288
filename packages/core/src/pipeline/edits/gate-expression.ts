/**
 * Conditions on pixels, such as `Fe_Ka > 0.3 and (Si_Ka < 0.1 or not Ca_Ka / P_Ka >= 2)`: a language of its own, so that nothing in a
 * recipe is ever run as code.
 *
 *     condition  = conjunction { "or" conjunction }
 *     conjunction = negation { "and" negation }
 *     negation   = "not" negation | comparison
 *     comparison = sum { ("<" | "<=" | ">" | ">=" | "==" | "!=") sum }     0.1 < a < 0.3 means 0.1 < a and a < 0.3
 *     sum        = product { ("+" | "-") product }
 *     product    = factor { ("*" | "/") factor }
 *     factor     = "-" factor | number | name | "(" condition ")"
 */
import { ParameterError } from "../../errors.js";

type Comparison = "<" | "<=" | ">" | ">=" | "==" | "!=";

export type GateNode =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "negative"; readonly of: GateNode }
  | { readonly kind: "arithmetic"; readonly operator: "+" | "-" | "*" | "/"; readonly left: GateNode; readonly right: GateNode }
  | { readonly kind: "compare"; readonly operator: Comparison; readonly left: GateNode; readonly right: GateNode }
  | { readonly kind: "not"; readonly of: GateNode }
  | { readonly kind: "and" | "or"; readonly left: GateNode; readonly right: GateNode };

export interface Gate {
  readonly root: GateNode;
  /** Names that it uses, each once, in alphabetical order. */
  readonly names: readonly string[];
}

interface Token {
  readonly text: string;
  readonly kind: "number" | "name" | "sign" | "end";
  readonly at: number;
}

const DEEPEST = 100;
const comparisons: readonly string[] = ["<", "<=", ">", ">=", "==", "!="];
const truths: readonly GateNode["kind"][] = ["compare", "not", "and", "or"];

/** Reads a condition. Throws {@link ParameterError} that says at which character, what was found and what was expected. */
export function parseGate(text: string): Gate {
  const tokens = tokensOf(text);
  const parser = new Parser(tokens);
  const root = parser.condition();
  parser.end();
  const names = [...new Set(tokens.filter(isOperand).map((token) => token.text))].sort();
  return { root, names };
}

/**
 * The condition as a function of the pixel. `value` gives the value of a name at a pixel; comparisons with NaN are false.
 */
export function gateTest({ root }: Gate, value: (name: string) => (pixel: number) => number): (pixel: number) => boolean {
  return truthOf(root, value);
}

type Values = (name: string) => (pixel: number) => number;

function truthOf(node: GateNode, values: Values): (pixel: number) => boolean {
  switch (node.kind) {
    case "not": {
      const inner = truthOf(node.of, values);
      return (pixel) => !inner(pixel);
    }
    case "and":
    case "or": {
      const [left, right] = [truthOf(node.left, values), truthOf(node.right, values)];
      return node.kind === "and" ? (pixel) => left(pixel) && right(pixel) : (pixel) => left(pixel) || right(pixel);
    }
    case "compare":
      return compared(node.operator, numberOf(node.left, values), numberOf(node.right, values));
    default:
      return () => false;
  }
}

function compared(operator: Comparison, left: (pixel: number) => number, right: (pixel: number) => number) {
  const tests = {
    "<": (pixel: number) => left(pixel) < right(pixel),
    "<=": (pixel: number) => left(pixel) <= right(pixel),
    ">": (pixel: number) => left(pixel) > right(pixel),
    ">=": (pixel: number) => left(pixel) >= right(pixel),
    "==": (pixel: number) => left(pixel) === right(pixel),
    "!=": (pixel: number) => {
      const [a, b] = [left(pixel), right(pixel)];
      return a < b || a > b;
    },
  } satisfies Record<Comparison, (pixel: number) => boolean>;
  return tests[operator];
}

function numberOf(node: GateNode, values: Values): (pixel: number) => number {
  switch (node.kind) {
    case "number":
      return () => node.value;
    case "name":
      return values(node.name);
    case "negative": {
      const inner = numberOf(node.of, values);
      return (pixel) => -inner(pixel);
    }
    case "arithmetic": {
      const [left, right] = [numberOf(node.left, values), numberOf(node.right, values)];
      if (node.operator === "+") return (pixel) => left(pixel) + right(pixel);
      if (node.operator === "-") return (pixel) => left(pixel) - right(pixel);
      if (node.operator === "*") return (pixel) => left(pixel) * right(pixel);
      return (pixel) => left(pixel) / right(pixel);
    }
    default:
      return () => Number.NaN;
  }
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  condition(): GateNode {
    let left = this.#conjunction();
    while (this.#take("or")) left = { kind: "or", left: this.#truth(left), right: this.#truth(this.#conjunction()) };
    return this.#depth === 0 ? this.#truth(left) : left;
  }

  end(): void {
    if (this.#token.kind !== "end") this.#fail("and, or, or the end");
  }

  #conjunction(): GateNode {
    let left = this.#negation();
    while (this.#take("and")) left = { kind: "and", left: this.#truth(left), right: this.#truth(this.#negation()) };
    return left;
  }

  #negation(): GateNode {
    if (!this.#take("not")) return this.#comparison();
    return this.#nested(() => ({ kind: "not", of: this.#truth(this.#negation()) }));
  }

  #comparison(): GateNode {
    let left = this.#sum();
    let chain: GateNode | undefined;
    while (comparisons.includes(this.#token.text)) {
      const operator = this.#advance().text as Comparison;
      const right = this.#number(this.#sum());
      const link: GateNode = { kind: "compare", operator, left: this.#number(left), right };
      chain = chain === undefined ? link : { kind: "and", left: chain, right: link };
      left = right;
    }
    return chain ?? left;
  }

  #sum(): GateNode {
    let left = this.#product();
    while (this.#token.text === "+" || this.#token.text === "-") {
      const operator = this.#advance().text as "+" | "-";
      left = { kind: "arithmetic", operator, left: this.#number(left), right: this.#number(this.#product()) };
    }
    return left;
  }

  #product(): GateNode {
    let left = this.#factor();
    while (this.#token.text === "*" || this.#token.text === "/") {
      const operator = this.#advance().text as "*" | "/";
      left = { kind: "arithmetic", operator, left: this.#number(left), right: this.#number(this.#factor()) };
    }
    return left;
  }

  #factor(): GateNode {
    if (this.#take("-")) return this.#nested(() => ({ kind: "negative", of: this.#number(this.#factor()) }));
    if (this.#take("(")) {
      return this.#nested(() => {
        const inner = this.condition();
        if (!this.#take(")")) this.#fail(")");
        return inner;
      });
    }
    const token = this.#token;
    if (token.kind === "number") return { kind: "number", value: Number(this.#advance().text) };
    if (isOperand(token)) return { kind: "name", name: this.#advance().text };
    return this.#fail("a name, a number or (");
  }

  #nested(inner: () => GateNode): GateNode {
    this.#depth += 1;
    if (this.#depth > DEEPEST) this.#fail(`at most ${DEEPEST} levels of parentheses`);
    const node = inner();
    this.#depth -= 1;
    return node;
  }

  #truth(node: GateNode): GateNode {
    return truths.includes(node.kind) ? node : this.#fail("a comparison, such as Fe_Ka > 0.3, before this");
  }

  #number(node: GateNode): GateNode {
    return truths.includes(node.kind) ? this.#fail("a number before this, not a comparison") : node;
  }

  get #token(): Token {
    return this.#tokens[this.#next]!;
  }

  #advance(): Token {
    const token = this.#token;
    this.#next += 1;
    return token;
  }

  #take(text: string): boolean {
    if (this.#token.text !== text || this.#token.kind === "end") return false;
    this.#next += 1;
    return true;
  }

  #fail(expected: string): never {
    return failAt(this.#token, expected);
  }
}

function isOperand({ kind, text }: Token): boolean {
  return kind === "name" && !["and", "or", "not"].includes(text);
}

function tokensOf(text: string): Token[] {
  const pattern = /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z][A-Za-z0-9_]*)|(<=|>=|==|!=|[-<>()+*/]))/y;
  const tokens: Token[] = [];
  let at = 0;
  const length = text.trimEnd().length;
  while (at < length) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) return failAt({ text: text.slice(at).trim().charAt(0), kind: "sign", at }, "a name, a number or a sign");
    const [, number, name] = match;
    const own = (number ?? name ?? match[3])!;
    tokens.push({
      text: own,
      kind: number !== undefined ? "number" : name !== undefined ? "name" : "sign",
      at: pattern.lastIndex - own.length,
    });
    at = pattern.lastIndex;
  }
  return [...tokens, { text: "", kind: "end", at: length }];
}

function failAt({ text, kind, at }: Token, expected: string): never {
  throw new ParameterError(`The condition cannot be read at character ${at + 1}.`, {
    field: "expression",
    found: kind === "end" ? "its end" : JSON.stringify(text),
    expected,
  });
}
