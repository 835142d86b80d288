/** Version of the program, as in its package; written into every result. A test holds the two together. */
export const programVersion = "0.1.0";
