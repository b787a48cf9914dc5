/** The numbers from `first` to `last`. */
export const upTo = (last, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);
