#!/usr/bin/env node
import { builtProgram } from "./program.js";

const { main } = await import(builtProgram().href);
process.exitCode = await main(process.argv.slice(2));
