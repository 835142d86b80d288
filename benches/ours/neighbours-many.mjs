export { load, work } from "./neighbours.mjs";
