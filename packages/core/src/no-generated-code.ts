/**
 * Tells zod to check values without making code at run time: pages with a strict content security policy forbid it, and even trying is reported as a
 * breach. Imported before anything that makes a schema.
 */
import { config } from "zod";

config({ jitless: true });
