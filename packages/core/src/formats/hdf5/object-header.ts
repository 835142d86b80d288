/** Object headers: the list of messages that describe a group, a dataset or a named datatype. Versions 1 and 2. */
import { UnsupportedError } from "../../errors.js";
import { Cursor } from "./cursor.js";
import { type FileBytes, verifyChecksum } from "./superblock.js";

export const MESSAGE = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  oldFillValue: 0x04,
  fillValue: 0x05,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

export interface Message {
  readonly type: number;
  /** The message itself is elsewhere; the data say where. */
  readonly shared: boolean;
  /** A new cursor over the message's data, at its beginning. */
  open(): Cursor;
}

export interface ObjectHeader {
  readonly address: number;
  readonly messages: readonly Message[];
}

const MOST_BLOCKS = 4096;
const SHARED_FLAG = 0x02;

/** Reads all messages, continuation blocks included. Throws FormatError when a block lies outside the file or comes twice. */
export async function readObjectHeader(file: FileBytes, address: number): Promise<ObjectHeader> {
  const first = (await file.at(address, 4)).take(4);
  const isNew = first[0] === 0x4f && first[1] === 0x48 && first[2] === 0x44 && first[3] === 0x52;
  const messages = isNew ? await readVersion2(file, address) : await readVersion1(file, address);
  return { address, messages };
}

/** The first message of a type; shared messages are followed. `undefined` when there is none. */
export async function findMessage(file: FileBytes, header: ObjectHeader, type: number): Promise<Cursor | undefined> {
  const message = header.messages.find((candidate) => candidate.type === type);
  if (message === undefined) return undefined;
  return message.shared ? readSharedMessage(file, message.open(), type) : message.open();
}

/** Follows a shared message to the object that holds it. Throws UnsupportedError for the file-wide heap of shared messages. */
export async function readSharedMessage(file: FileBytes, cursor: Cursor, type: number): Promise<Cursor> {
  const version = cursor.version("shared message", 1, 2, 3);
  const kind = cursor.u8();
  if (version === 1) cursor.advance(6);
  if (version === 3 && kind === 1) {
    throw new UnsupportedError("The file keeps shared messages in a heap, which is not read.", { where: file.name });
  }
  const header = await readObjectHeader(file, cursor.definedAddress("shared message"));
  const message = header.messages.find((candidate) => candidate.type === type && !candidate.shared);
  if (message === undefined) throw cursor.error("A shared message is not where it should be.", "no such message", `type ${type}`);
  return message.open();
}

interface Block {
  readonly address: number;
  readonly length: number;
}

async function readVersion1(file: FileBytes, address: number): Promise<Message[]> {
  const prefix = await file.at(address, 16);
  prefix.version("object header", 1);
  prefix.advance(1);
  const total = prefix.u16();
  prefix.advance(4);
  const blocks: Block[] = [{ address: address + 16, length: prefix.u32() }];
  const messages: Message[] = [];
  for (let b = 0; b < blocks.length && messages.length < total; b++) {
    const cursor = await file.at(blocks[b]!.address, blocks[b]!.length);
    while (cursor.remaining >= 8 && messages.length < total) {
      const type = cursor.u16();
      const size = cursor.u16();
      const flags = cursor.u8();
      cursor.advance(3);
      const message = messageAt(cursor, type, size, flags);
      messages.push(message);
      if (type === MESSAGE.continuation) addBlock(blocks, message.open());
    }
  }
  return messages;
}

async function readVersion2(file: FileBytes, address: number): Promise<Message[]> {
  const prefix = await file.at(address, Math.min(34, file.source.size - address));
  prefix.signature("OHDR");
  prefix.version("object header", 2);
  const flags = prefix.u8();
  if (flags & 0x20) prefix.advance(16);
  if (flags & 0x10) prefix.advance(4);
  const length = prefix.uint(1 << (flags & 3));
  const whole = await file.checked(address, prefix.position + length + 4);
  whole.advance(prefix.position);
  const blocks: Block[] = [];
  const messages: Message[] = [];
  readMessages2(whole, flags, messages, blocks);
  for (let b = 0; b < blocks.length; b++) {
    const cursor = await file.at(blocks[b]!.address, blocks[b]!.length);
    verifyChecksum(cursor);
    cursor.signature("OCHK");
    readMessages2(cursor, flags, messages, blocks);
  }
  return messages;
}

/** Messages up to the checksum; what is too short for another message is a gap. */
function readMessages2(cursor: Cursor, headerFlags: number, messages: Message[], blocks: Block[]): void {
  const prefixLength = headerFlags & 0x04 ? 6 : 4;
  while (cursor.remaining >= prefixLength + 4) {
    const type = cursor.u8();
    const size = cursor.u16();
    const flags = cursor.u8();
    if (headerFlags & 0x04) cursor.advance(2);
    const message = messageAt(cursor, type, size, flags);
    messages.push(message);
    if (type === MESSAGE.continuation) addBlock(blocks, message.open());
  }
}

function messageAt(cursor: Cursor, type: number, size: number, flags: number): Message {
  const base = cursor.base + cursor.position;
  const data = cursor.take(size);
  return { type, shared: (flags & SHARED_FLAG) !== 0, open: () => new Cursor(data, base, cursor.where, cursor.sizes) };
}

function addBlock(blocks: Block[], continuation: Cursor): void {
  const address = continuation.definedAddress("continuation of an object header");
  const length = continuation.length();
  if (blocks.some((block) => block.address === address) || blocks.length >= MOST_BLOCKS) {
    throw continuation.error("The blocks of an object header go in a circle.", `block at ${address} again`, "each block once");
  }
  blocks.push({ address, length });
}
