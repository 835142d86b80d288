const HDF5_SIGNATURE = Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);

/** Offset of the superblock for a file of which `head` is known: 0, or 512, 1024, 2048 ... past a user block; -1 when it is not there. */
export function findSignature(head: Uint8Array): number {
  for (let offset = 0; offset + 8 <= head.length; offset = offset === 0 ? 512 : offset * 2) {
    if (HDF5_SIGNATURE.every((byte, i) => head[offset + i] === byte)) return offset;
  }
  return -1;
}
